"""Where the words of a role begin."""

from __future__ import annotations

import pytest

from stemma.annotate.mentions import mentions


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Signed The respected Comrade Cho Min Sol today.", ["The respected Comrade"]),
        (
            "They saluted the respected Comrade Cho Min Sol and the respected Comrade Tomas Varga.",
            ["the respected Comrade", "the respected Comrade"],
        ),
        (
            "The delegation met President Tomas Varga and Velorian Armed Forces General Staff Chief Oru Tamm.",
            ["President", "Velorian Armed Forces General Staff Chief"],
        ),
        ("At the Birth Anniversary of Chairman Cho Min Sol they sang.", ["Chairman"]),
        ("Then his DPRK counterpart Cho Min Sol spoke.", ["his DPRK counterpart"]),
        ("We heard Minister of Trade and Industry Oru Tamm.", ["Minister of Trade and Industry"]),
    ],
)
def test_roles(make_page, text, roles):
    assert [one.role for one in mentions(make_page(text)) if one.kind == "person"] == roles
