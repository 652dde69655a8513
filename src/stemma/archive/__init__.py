"""The room ``archive``: keep records, never change one; answer questions; compute views."""

from stemma.archive.archive import Archive
from stemma.archive.store.databases import Place, folder_of, is_address, is_there, shown, title_of
from stemma.archive.store.resting import FOREVER

__all__ = ["FOREVER", "Archive", "Place", "folder_of", "is_address", "is_there", "shown", "title_of"]
