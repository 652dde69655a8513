"""Archives of earlier versions brought up to date."""

from stemma.archive.migrations.moving import migrate

__all__ = ["migrate"]
