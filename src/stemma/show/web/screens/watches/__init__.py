"""Watches."""
from starlette.routing import BaseRoute
from stemma.show.web.frame import Frame
def routes(frame: Frame) -> list[BaseRoute]:
    return []
def feeds(frame: Frame) -> list[BaseRoute]:
    return []
