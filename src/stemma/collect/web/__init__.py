"""Pages from the web, one by one, as a person asks for them.

``guard`` says what may be asked, ``settings`` how, ``fetching`` asks, ``unpacking`` and ``pages`` make a capture of the
answer, ``reservations`` reads what the site reserves. Nothing is imported here: without addresses nobody needs HTTP.
"""
