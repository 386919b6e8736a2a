"""Tells titles of media from what else stands under names of titles: labels of players, machine words, file names."""

from __future__ import annotations

import re
from typing import Final

from harvester.recognise.players import SCHEMES

_MARKUP: Final = re.compile(
    r"(?:https?:)?//\S*\Z|\d{1,4}[pk]?\Z|[\w.+-]+/[\w.+-]+\Z"
    r"|[\w-]+\.(?:mp4|m3u8|webm|mp3|mov|jpg|png)\Z"
    r"|(?:true|false|null|undefined|none|auto|default|hd|sd|hls|dash|mp[34]|m4[av]|webm|ogg|flac"
    r"|aac|opus|(?:ogg )?vorbis|wav|untitled|standard|standart|original|high|low|medium|normal"
    r"|mobile|desktop|adaptive)\Z",
    re.IGNORECASE,
)
_FILE: Final = re.compile(r".{1,200}\.(?:mp4|m4v|m3u8|mpd|webm|mov|avi|wmv|mp3|m4a|wav|ogg|jpe?g|png)\Z", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_LABEL_CHARS: Final = 60
_PLAYERS: Final = frozenset(
    (
        *SCHEMES,
        # platforms
        *"youtube vimeo twitter tweet facebook instagram tiktok reddit telegram pinterest spotify soundcloud".split(),
        *"libsyn acast podbean buzzsprout megaphone simplecast transistor spreaker audioboom omny captivate".split(),
        *"castos mixcloud bandcamp podigee podlove blubrry powerpress ausha deezer odysee peertube bitchute".split(),
        *"videopress sproutvideo giphy imgur embedly iframely aparat bilibili".split(),
        # players and their buttons: English, German, French, Spanish and Portuguese, Italian, Dutch, Polish, Turkish
        *"video videos audio player play watch listen click tap download fullscreen unmute embed embedded iframe"
        " thumbnail livestream advertisement screenshot image picture photo placeholder document external".split(),
        *"videoplayer audioplayer videospieler wiedergabe abspielen ansehen anschauen anhören herunterladen".split(),
        *"vorschaubild".split(),
        *"vidéo vidéos lecteur regarder écouter télécharger".split(),
        *"vídeo vídeos reproductor reproducir reprodutor reproduzir escuchar ouvir assistir descargar baixar".split(),
        *"lettore riproduci riproduttore guarda ascolta scarica".split(),
        *"speler afspelen bekijk beluister odtwarzacz odtwórz wideo oynat oynatıcı izle dinle".split(),
        # Russian, Arabic, Persian, Chinese, Japanese, Korean
        *"видео видеоплеер плеер аудио смотреть слушать воспроизвести скачать".split(),
        *"فيديو الفيديو مشغل تشغيل شاهد استمع تحميل ویدئو ویدیو پخش دانلود تماشا".split(),
        *"视频 影片 播放 播放器 视频播放器 音频 下载 動画 再生 動画プレーヤー 동영상 비디오 재생".split(),
    )
)
"""Words for players, what they play and what their buttons do."""

_ROUND_THEM: Final = _PLAYERS | frozenset(
    (
        *"x apple google podcast podcasts post reel story stream live content media frame ad ads playing pause start"
        " stop press here now more load loading share mute volume timer preview poster image icon button title the a an"
        " this to on of in for with by your our and is file right save as view full screen".split(),
        *"article story page below above here widget social plugin web html5 streaming music studio".split(),
        *"loom anchor google drive dropbox still cover overlay sermon trailer teaser".split(),
        *"featured latest related recommended popular trending top new must most watched day today".split(),
        *"viewed daily how make it recipe tutorial episode window popup tab s close sticky js jw html flash".split(),
        *"starten auf das der die hier zum im jetzt laden vorschau des tages aktuelle neueste passende rezept".split(),
        *"lire lecture lancer voir jouer la le les de du cette ici ver mirar el este o do aquí il".split(),
        *"jour recette día del receta destacado giorno ricetta дня рецепт".split(),
    )
)
"""And words that stand beside them; what consists of nothing else is a label and no title."""

_CALL: Final = re.compile(r"(?:play|watch|listen to)(?: \S+){0,4} (?:video|audio|clip|podcast)\Z", re.IGNORECASE)
"""What a button says to play whatever it plays: `Play CBS News Video`."""

_OF_A_FRAME: Final = re.compile(
    r"(?!(?:the|an?)\b)(?:\w[\w.:]*+[ -]){1,4}(?:player|widget|embed|plugin|iframe)\Z", re.IGNORECASE
)
"""What a frame is called after whoever made its player: `Redcircle Player`."""

_MEASURES: Final = re.compile(
    r"\b(?:mp[34]|m4[av]|mpeg-?4?|aac|opus|ogg|vorbis|\d{3,4}[pk])\b|\b\d{1,3}(?::\d\d){1,2}\b"
    r"|\b\d+(?:[.,]\d+)?\s?(?:[kmg]i?b|mo|ko|мб|min|mins|minutes?|sec|seconds?|s|m|h)\b"
)
"""What buttons say of a file besides: its form, size or length."""

_SECTIONS: Final = frozenset(
    (
        *"about comments credits description details directions ingredients instructions introduction method".split(),
        *"notes nutrition overview preparation speed steps summary transcript advertisement shorts".split(),
        *"zubereitung zutaten anleitung beschreibung préparation ingrédients étapes preparación".split(),
        *"ingredientes elaboración pasos preparazione ingredienti procedimento bereiding bereidingswijze".split(),
        *"ingrediënten preparo ingredienser приготовление ингредиенты".split(),
    )
)
"""Headings of the parts of a page, which name none of the media there."""

_OF_A_WORK: Final = frozenset("trailer teaser clip demo sample excerpt extract extrait ausschnitt hörprobe".split())
"""What a medium is of the work that its entry is called after."""

_WEAK_NAMES: Final = frozenset(
    "caption videocaption mediacaption heading label playlabel ariallabel arialabel alt alttext alternativetext text"
    " kicker albumtitle filename entrycaption".split()
)
_LONGEST_WEAK: Final[dict[str, int]] = {"caption": 250}
_LONGEST_TEXT: Final = 120
_CHARS: Final = 4000


def is_title(text: str, name: str) -> bool:
    """Tell whether a text that stands under a name of titles can be one.

    Args:
        text: Without white space round it.
        name: The normalised key.
    """
    if len(text) > _CHARS or _MARKUP.match(text) or is_label(text):
        return False
    if name in _WEAK_NAMES and (len(text) > _LONGEST_WEAK.get(name, _LONGEST_TEXT) or _CALL.match(text)):
        return False  # prose, such as the text of a recipe's step, or a button's
    if name == "caption" and text.casefold().rstrip(": ") in _SECTIONS:
        return False
    # Names that also stand for machine words count only where the text reads like words.
    return (
        name.endswith(("title", "headline"))
        or " " in text
        or not text.isascii()
        or ((name in ("name", "text", "alt") or name.endswith("caption")) and text[:1].isupper() and "_" not in text)
    )


def is_label(text: str) -> bool:
    """Tell whether a text is a player's own or only a file's form and size, whatever is played."""
    if len(text) > _LABEL_CHARS:
        return False
    text = text.casefold()
    rest = _MEASURES.sub("", text)
    if _PLAYERS.isdisjoint(_WORD.findall(text)):
        return rest != text and not any(map(str.isalnum, rest))  # `MP3 - 12 MB`
    return _ROUND_THEM.issuperset(_WORD.findall(rest)) and not any(map(str.isdecimal, rest))


def is_frames_own(text: str) -> bool:
    """Tell whether the title of a frame is one of its player: `Podcast of Us Player`, `art19-embed`."""
    return len(text) <= _LABEL_CHARS and _OF_A_FRAME.match(text) is not None


def is_part(text: str) -> bool:
    """Tell whether a text says no more than that a medium is a part of something: its trailer, a sample of it."""
    return text.casefold() in _OF_A_WORK


def is_weak(text: str, name: str) -> bool:
    """Tell whether a text is a title only where nothing better stands: a caption, a label, the name of a file."""
    return name in _WEAK_NAMES or _FILE.match(text) is not None
