"""A polite watch: asks feeds, sitemaps and pages again and again, and finds every edit that it can see.

``plan`` reads what is watched, ``listings`` what feeds and sitemaps list, ``rhythm`` says when to ask again, ``robots``
where not to, ``state`` remembers it all, ``watcher`` does the rounds. A page that could not be had is "not observed",
never "removed". Nothing is imported here: without a watch nobody needs it.
"""
