"""Literals that the output of PHP's debugging functions can't do without, by what they show."""

from __future__ import annotations

from typing import Final

_BLANKS: Final = (b"\n", b"\r", b" ", b"<b", b"&", b"\xc2", b"\\")

VAR_DUMP: Final = (b"string(", b"array(", b"object(", b"array (", b"string '")
VAR_DUMP_MARKUP: Final = (b"<b>array</b>", b"<small>string</small>", b"<b>object</b>")
DEBUG_MEMBERS: Final = (b" {\n  public $", b" {\n  protected $", b" {\n  private $")
SYMFONY: Final = (b"array:",)
SYMFONY_REFERENCES: Final = tuple(b"{#%d" % digit for digit in range(1, 10))
SYMFONY_MARKUP: Final = (b"class=sf-dump ", b'class="sf-dump"')
PRINT_R: Final = tuple(b"Array" + blank for blank in _BLANKS)
PRINT_R_OBJECT: Final = tuple(b"Object" + blank for blank in _BLANKS)
VAR_EXPORT: Final = (b"array(", b"array (", b"array&", b"array\xc2", b"(object) array", b"(object) [")
VAR_EXPORT_STATE: Final = (b"::__set_state(",)
ARROWS: Final = (b"' =>", b"'=>", b'" =>', b'"=>', b"=&gt;")
SERIALIZE: Final = (b":{s:", b":{i:")
SERIALIZE_STRING: Final = (b':"[', b':"{', b":&quot;[", b":&quot;{", b':\\"[', b':\\"{')

HEADS: Final = tuple(
    dict.fromkeys(
        (
            *VAR_DUMP,
            *VAR_DUMP_MARKUP,
            *DEBUG_MEMBERS,
            *SYMFONY,
            *SYMFONY_REFERENCES,
            *SYMFONY_MARKUP,
            *PRINT_R,
            *PRINT_R_OBJECT,
            *VAR_EXPORT,
            *VAR_EXPORT_STATE,
            *ARROWS,
            *SERIALIZE,
            *SERIALIZE_STRING,
        )
    )
)
"""All of them, each once."""
