"""Layouts of governments: presidents' sites, ministries, briefings, joint communiques, in small invented pages."""

from __future__ import annotations


def test_meeting_on_a_presidents_site(dump):
    """
    President of Karvis
    Events
    Structure
    Documents
    Contacts

    Meeting with Minister of Ports Ilo Cho

    May 3, 2031
    14:20
    The Customs House, Karvis

    President of Karvis Mara Orlu: Mr Cho, I understand that the second ferry has left the yard. How long did it take?

    Minister of Ports Ilo Cho: Madam President, it took nine years, and I am told that the paint is not dry yet.

    The crews have been asked to keep their hands in their pockets until they reach the islands.

    Mara Orlu: Is the captain satisfied with her?

    Ilo Cho: With the ferry, yes.

    Topics
    Transport
    Publication status
    Published in sections: News, Transcripts
    Publication date: May 3, 2031, 14:20
    """
    assert dump.words("title") == ["Meeting with Minister of Ports Ilo Cho"]
    assert dump.fields("outlet") == [("President of Karvis", "masthead")]
    assert dump.best("published") == "2031-05-03"
    assert [words.split()[0] for words in dump.words("turn")] == ["President", "Minister", "The", "Mara", "Ilo"]
    assert dump.words("body") == []


def test_release_of_a_ministry(dump):
    """
    Republic of Velm
    Ministry of Ports and Ferries
    Press Office

    Press release 88/2031
    3 May 2031

    Statement by the Ministry on the Northern Bridge

    The Ministry of Ports and Ferries has taken note of the agreement on the northern bridge.

    “We expect the waters of the islands to remain open to the crews of both shores,” Minister Ilo Cho said.

    The Ministry has asked the other side for the text of the annexes to the agreement.

    Contact: Press Office, tel. 555 0134
    ENDS
    """
    assert dump.words("title") == ["Statement by the Ministry on the Northern Bridge"]
    assert dump.fields("outlet") == [("Ministry of Ports and Ferries", "masthead")]
    assert dump.best("published") == "2031-05-03"
    assert len(dump.words("body")) == 3
    assert "ENDS" in dump.words("furniture")


def test_briefing_with_names_and_asides(dump):
    """
    DEPARTMENT OF ISLAND AFFAIRS
    OFFICE OF THE SPOKESPERSON

    Briefing on the Ferries, Karvis, May 3, 2031

    MR CHO: Good afternoon, everyone. I have nothing at the top, so let us go to your questions at once.

    QUESTION: Thanks. Do you have a comment on the second ferry?

    MR CHO: We have seen the reports, and we call on both shores to keep the islands open to everybody.

    I would also note that a ferry is not, in itself, news, as it comes and goes twice a day.

    QUESTION: So you are not worried about it?

    MR CHO: I would refer you to the harbour board and its secretary, who has all the tables.

    (Laughter.)

    QUESTION: One more, on the bridge. Has the envoy been to Velm?

    MR CHO: Not to my knowledge. Thank you, everyone.
    """
    assert dump.words("title") == ["Briefing on the Ferries, Karvis, May 3, 2031"]
    assert dump.fields("published") == [("2031-05-03", "title")] or dump.best("published") == "2031-05-03"
    assert dump.fields("outlet") == [("Department of Island Affairs", "masthead")]
    assert len(dump.words("turn")) == 8
    assert "(Laughter.)" in dump.words("furniture")


def test_press_conference_where_only_questions_have_names(dump):
    """
    Press conference of the harbour board, 5 May 2031

    The spokeswoman opened the press conference with one announcement about the second ferry.

    The ferry will sail on 12 May at the invitation of the council of the northern islands.

    Karvis Evening Post: Will the board discuss the tariff with the crews?

    The agenda has been agreed by both sides, and we will inform you in due course about all of it.

    I can add that the talks were proposed by the crews, which everybody here seems to have forgotten.

    Sarva Agency: A follow-up to that. Does the chairman plan to go on to Velm?

    I have nothing to tell you about the chairman at this moment, and he has nothing to tell you either.

    Island Radio: When will the tariff be published?

    As soon as the members of the board have agreed about the weather of the coming winter.
    """
    reasons = {
        dump.document.text[label.start : label.end][:6]: label.reason for label in dump.labels if label.role == "turn"
    }
    assert reasons == {
        "Karvis": "opens with its speaker", "The ag": "answers the turn above", "I can ": "answers the turn above",
        "Sarva ": "opens with its speaker", "I have": "answers the turn above", "Island": "opens with its speaker",
        "As soo": "answers the turn above",
    }  # fmt: skip
    assert len(dump.words("body")) == 2
    assert dump.best("outlet") is None


def test_numbered_articles_are_the_story(dump):
    """
    JOINT STATEMENT
    of the Republic of Karvis and the Island Council of Velm
    on the Northern Ferries

    The Minister of Ports of Karvis and the speaker of the Island Council of Velm met in Karvis on 3 May 2031.

    The two sides agreed on the following:

    Article 1
    The two sides confirm the freedom of the northern ferries.

    Article 2
    The two sides shall exchange tables of tides twice a year:
    (a) in March, through their harbour masters;
    (b) in September, through their pilots.

    Article 3
    Nothing in this Statement affects the rights of the crews.

    Done at Karvis on 3 May 2031 in two originals.

    For the Republic of Karvis
    Ilo Cho
    """
    assert dump.words("title") == [
        "JOINT STATEMENT\nof the Republic of Karvis and the Island Council of Velm\non the Northern Ferries"
    ]
    body = dump.words("body")
    assert [words for words in body if words.startswith("Article")] == ["Article 1", "Article 2", "Article 3"]
    assert "(b) in September, through their pilots." in body
    assert body[-1] == "Ilo Cho"
    assert dump.words("furniture") == []
    assert dump.fields("outlet") == []


def test_numbered_paragraphs_of_a_communique(dump):
    """
    COMMUNIQUE ON THE MEETING OF THE TWO HARBOUR BOARDS

    Karvis, May 3, 2031

    The boards of the harbours of Karvis and Velm met on Friday and declared the following:

    1. The boards note that the ferries have sailed for a year.

    2. The boards will publish one tariff for both shores.

    3. The boards thank the crews.
    """
    assert [words[:2] for words in dump.words("body")[1:]] == ["1.", "2.", "3."]
    assert dump.words("title") == ["COMMUNIQUE ON THE MEETING OF THE TWO HARBOUR BOARDS"]
    assert dump.best("published") == "2031-05-03"
    assert dump.best("outlet") is None


def test_list_of_most_read_pages_is_no_communique(dump):
    """
    Islands ask harbour board for a second ferry

    The council of the northern islands has asked the harbour board for a second ferry, its speaker said on Saturday.

    The board will answer the letter in June, according to the secretary of the board, who has read it twice.

    Most popular
    1. Lamp on the old tower lit again
    2. Captain keeps hands in pockets
    3. Tariff talks go on
    """
    assert len(dump.words("body")) == 2
