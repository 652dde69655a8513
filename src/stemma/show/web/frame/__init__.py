"""What every screen stands on."""

from stemma.show.web.door.place import Place
from stemma.show.web.frame.frame import Desk, Frame, answer_json, asked_id, see, shows, signed, wants

__all__ = ["Desk", "Frame", "Place", "answer_json", "asked_id", "see", "shows", "signed", "wants"]
