"""Languages by script and small words."""

from __future__ import annotations

import pytest

from stemma.read.fields.languages import guess_language

_TEXTS = {
    "en": "The board of the harbour said that the tariff would be published in the spring.",
    "de": "Der Rat des Hafens hat am Freitag erklärt, dass der Tarif für die Fähren nicht steigen wird.",
    "fr": "Le conseil du port a déclaré vendredi que le tarif des bacs ne serait pas augmenté cette année.",
    "es": "El consejo del puerto dijo el viernes que la tarifa de los barcos no subirá este año.",
    "ru": "Совет порта заявил в пятницу, что тариф на паромы не будет повышен в этом году.",
    "uk": "Рада порту заявила у п'ятницю, що тариф на пороми не буде підвищено і що він є чинним.",
    "ko": "항만 위원회는 금요일 여객선 요금을 올리지 않겠다고 밝혔다.",
    "zh": "港口委员会星期五表示，今年渡轮票价不会上涨。",
    "ja": "港の委員会は金曜日、今年は渡し船の料金を上げないと述べた。",
    "ar": "قال مجلس الميناء يوم الجمعة إن تعريفة العبارات لن ترتفع هذا العام في الجزر.",
    "fa": "شورای بندر روز جمعه اعلام کرد که تعرفه قایق‌ها در این سال افزایش نمی‌یابد و این را به جزایر گفت.",
}


@pytest.mark.parametrize("language", _TEXTS)
def test_languages(language):
    assert guess_language(_TEXTS[language]).language == language


def test_too_little_to_tell():
    assert guess_language("301") is None
    assert guess_language("Karvis Velm Orlu Sarva Nak") is None
