"""The private characters that stand in half-read text for what later steps must know.

Written by `tags`, `scanning` and the tellers of templates, read by `paragraphs` and `plain`, and by nobody outside this
package but for `HOLE`. They are taken out of a page's text before it is read, so they always mean what is said here.
"""

from __future__ import annotations

import re

UNKNOWN = "\ue001"
"""A template that no rule knows: furniture, a note or a word. Where it stands in its line tells (see `plain`)."""
LINK = "\ue002"
"""A link to an article begins here (in running text and lists only, not inside other markup)."""
PIPE = "\ue003"
"""A literal "|" that must not split the arguments of the template around it."""
CITED = "\ue004"
"""A citation stood here: worth nothing to a sentence, but sections made of them are back matter."""
BREAK = "\ue005"
"""A line break inside a paragraph or a value (`<br>`)."""
PRONOUNCED = "\ue006"
"""A pronunciation stood here: beside a name it is a remark that nobody misses, anywhere else a hole."""
TEXT = "\ue007"
"""Running text goes on here: what follows is no markup of a line's beginning."""

ANY_MARK = re.compile("[\ue000-\ue01f]")
SILENT = ((LINK, ""), (CITED, ""), (TEXT, ""), (BREAK, " "), (PIPE, "|"))
"""What is left of the marks in words meant for a reader; HOLE and UNKNOWN stay for `plain` to judge."""
