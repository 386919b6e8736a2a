"""Whose an id is, in set-ups and embeds of the well-known players as pages have them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester import extract
from harvester.model import Id
from harvester.recognise.ids import ids_of, settle, shaped
from harvester.recognise.players import MEDIA_IDS, OWNERS
from harvester.recognise.shown import NOTHING, Shown
from harvester.recognise.table import Keys
from harvester.recognise.titles import is_title

PAGE = "https://news.example/story/1.html"


def ids_in(markup: str) -> list[str]:
    """All ids of all items, as text, in order."""
    items = extract(f"<html><body>{markup}</body></html>".encode(), url=PAGE)
    return [f"{one.scheme}:{one.value}" for item in items for one in item.ids]


def script(text: str) -> str:
    return f"<p>Text</p><script>{text}</script>"


YOUTUBE = "youtube:Ab3-dE_9hIj"

ELEMENTS = {
    "bilibili": (
        '<script>state = {"videoData": {"bvid": "BV1GJ411x7h7", "aid": 80433022, "title": "Foxes"}};</script>',
        "bilibili:BV1GJ411x7h7",
    ),
    "upload": (
        '<div data-attrs=\'{"mediaUploadId": "3b1d6a0e-aaaa-4bbb-8ccc-ddddeeeeffff", "duration": 95.2}\'></div>',
        "local:3b1d6a0e-aaaa-4bbb-8ccc-ddddeeeeffff",
    ),
    "class-of-player": ('<div class="youtube-player" data-id="Ab3-dE_9hIj"></div>', YOUTUBE),
    "script-of-player": (
        '<script src="https://geo.dailymotion.com/player/x1abc.js" data-video="x8abcde"></script>',
        "dailymotion:x8abcde",
    ),
    "playback-id": (
        '<mux-player playback-id="DS00Spx1CV902MCtPj5WknGlR102V5HFkDe"></mux-player>',
        "mux:DS00Spx1CV902MCtPj5WknGlR102V5HFkDe",
    ),
    "link-made-a-player": (
        '<a class="spreaker-player" href="https://www.spreaker.com/episode/51234567">Listen</a>',
        "spreaker:51234567",
    ),
    "script-of-an-episode": (
        '<script src="https://www.buzzsprout.com/123456/8765432-a-title.js?player=small"></script>',
        "buzzsprout:8765432",
    ),
    "script-of-a-video": (
        '<script src="https://embed.nicovideo.jp/watch/sm9/script?w=640"></script>',
        "niconico:sm9",
    ),
    "script-with-an-address": (
        '<script class="podigee-podcast-player" src="/p.js" data-configuration="https://a.podigee.io/7-b/embed"></script>',
        "podigee:7-b",
    ),
    "video-js": (
        (
            '<video-js data-account="1752604059001" data-player="default" data-embed="default" data-video-id='
            '"6345678901112" controls></video-js>'
        ),
        "brightcove:1752604059001:6345678901112",
    ),
    "video-js-class": (
        ('<video class="video-js" data-video-id="4883184247001" data-account="1752604059001" id="my-video"></video>'),
        "brightcove:1752604059001:4883184247001",
    ),
    "brightcove-by-document": (
        (
            '<img src="https://cf-images.eu-west-1.prod.boltdns.net/v1/jit/1/a.jpg"><div data-video-id="63456'
            '78901112"></div>'
        ),
        "brightcove:6345678901112",
    ),
    "thirteen-digits-alone": (
        '<div data-video-id="6345678901112"></div>',
        "local:6345678901112",
    ),
    "brightcove-reference": (
        '<video-js data-account="1752604059001" data-video-id="ref:story-77"></video-js>',
        "brightcove:1752604059001:ref:story-77",
    ),
    "jwplayer-class": (
        '<div class="jwplayer" data-media-id="aB3dE6gH"></div>',
        "jwplayer:aB3dE6gH",
    ),
    "jwplayer-video-id": (
        '<div class="jw-player box" data-video-id="aB3dE6gH"></div>',
        "jwplayer:aB3dE6gH",
    ),
    "jwplayer-by-document": (
        ('<link href="https://cdn.jwplayer.com/libraries/xYz12345.js"><section data-video-id=aB3dE6gH></section>'),
        "jwplayer:aB3dE6gH",
    ),
    "jwplayer-source": (
        '<video data-source="jwplatform" video-id="aB3dE6gH"></video>',
        "jwplayer:aB3dE6gH",
    ),
    "botr": (
        '<div id="botr_aB3dE6gH_iJ8kL0mN_div"></div>',
        "jwplayer:aB3dE6gH",
    ),
    "jwplayer-div": (
        '<div id="jwplayer_aB3dE6gH_iJ8kL0mN_div"></div>',
        "jwplayer:aB3dE6gH",
    ),
    "jwplayer-script": (
        '<script src="//cdn.jwplayer.com/players/aB3dE6gH-iJ8kL0mN.js"></script>',
        "jwplayer:aB3dE6gH",
    ),
    "jwplatform-script": (
        ('<script type="text/javascript" src="https://content.jwplatform.com/players/aB3dE6gH-iJ8kL0mN.js"></script>'),
        "jwplayer:aB3dE6gH",
    ),
    "mediavine": (
        ('<div class="mv-video-target mv-video-id-abcd1efgh2ijkl3mnop4" data-video-id="abcd1efgh2ijkl3mnop4"></div>'),
        "mediavine:abcd1efgh2ijkl3mnop4",
    ),
    "raptive": (
        '<div class="adthrive-video-player in-post" data-video-id="aB3dE6gH"></div>',
        "jwplayer:aB3dE6gH",
    ),
    "youtube-id": (
        '<div class="embed" data-youtube-id="Ab3-dE_9hIj"></div>',
        YOUTUBE,
    ),
    "yt-id": (
        '<div data-yt-id="Ab3-dE_9hIj"></div>',
        YOUTUBE,
    ),
    "ytid": (
        '<a data-ytid="Ab3-dE_9hIj">Watch</a>',
        YOUTUBE,
    ),
    "youtube-name-alone": (
        '<div data-youtube="Ab3-dE_9hIj"></div>',
        YOUTUBE,
    ),
    "videoid-with-class": (
        '<div class="youtube-player" data-videoid="Ab3-dE_9hIj"></div>',
        YOUTUBE,
    ),
    "videoid-by-document": (
        '<script src="https://www.youtube.com/iframe_api"></script><div data-videoid="Ab3-dE_9hIj"></div>',
        YOUTUBE,
    ),
    "videoid-of-nobody": (
        '<div data-videoid="Ab3-dE_9hIj"></div>',
        "local:Ab3-dE_9hIj",
    ),
    "lite-youtube": (
        '<lite-youtube videoid="Ab3-dE_9hIj" playlabel="Play: A film"></lite-youtube>',
        YOUTUBE,
    ),
    "lite-vimeo": (
        '<lite-vimeo videoid="364402896"></lite-vimeo>',
        "vimeo:364402896",
    ),
    "amp-youtube": (
        '<amp-youtube data-videoid="Ab3-dE_9hIj" layout="responsive"></amp-youtube>',
        YOUTUBE,
    ),
    "amp-brightcove": (
        ('<amp-brightcove data-account="1290862519001" data-video-id="5450204376001" data-player="SyIOV8yWM">'),
        "brightcove:1290862519001:5450204376001",
    ),
    "amp-jwplayer": (
        '<amp-jwplayer data-media-id="aB3dE6gH" data-player-id="iJ8kL0mN">',
        "jwplayer:aB3dE6gH",
    ),
    "amp-vimeo": (
        '<amp-vimeo data-videoid="27246366" width="500"></amp-vimeo>',
        "vimeo:27246366",
    ),
    "amp-dailymotion": (
        '<amp-dailymotion data-videoid="x2m8jpp"></amp-dailymotion>',
        "dailymotion:x2m8jpp",
    ),
    "amp-kaltura": (
        '<amp-kaltura-player data-partner="1281471" data-entryid="1_3ts1ms9c"></amp-kaltura-player>',
        "kaltura:1281471:1_3ts1ms9c",
    ),
    "amp-ooyala": (
        '<amp-ooyala-player data-embedcode="xkeHBqMjE6O_gAXwXYqQ9ZaLcf0pT1s2" data-pcode="5zb2">',
        "ooyala:xkeHBqMjE6O_gAXwXYqQ9ZaLcf0pT1s2",
    ),
    "amp-wistia": (
        '<amp-wistia-player data-media-hashed-id="u8p9wq6mq8"></amp-wistia-player>',
        "wistia:u8p9wq6mq8",
    ),
    "amp-instagram": (
        '<amp-instagram data-shortcode="fA9uwTtkSN"></amp-instagram>',
        "instagram:fA9uwTtkSN",
    ),
    "amp-iframe": (
        '<amp-iframe src="https://player.vimeo.com/video/19339941"></amp-iframe>',
        "vimeo:19339941",
    ),
    "plyr-youtube": (
        '<div data-plyr-provider="youtube" data-plyr-embed-id="Ab3-dE_9hIj"></div>',
        YOUTUBE,
    ),
    "plyr-vimeo": (
        '<div data-plyr-provider="vimeo" data-plyr-embed-id="76979871"></div>',
        "vimeo:76979871",
    ),
    "wistia-class": (
        '<div class="wistia_embed wistia_async_abc123de4f videoFoam=true">&nbsp;</div>',
        "wistia:abc123de4f",
    ),
    "wistia-script": (
        '<script src="https://fast.wistia.com/embed/medias/abc123de4f.jsonp" async></script>',
        "wistia:abc123de4f",
    ),
    "brightcove-experience": (
        (
            '<script src="https://admin.brightcove.com/js/BrightcoveExperiences.js"></script><object id="myEx'
            'perience" class="BrightcoveExperience"><param name="bgcolor" value="#FFFFFF" /><param name="play'
            'erID" value="1234567890001" /><param name="@videoPlayer" value="4883184247001" /></object>'
        ),
        "brightcove:4883184247001",
    ),
    "ooyala-script": (
        (
            '<script src="http://player.ooyala.com/player.js?embedCode=xkeHBqMjE6O_gAXwXYqQ9ZaLcf0pT1s2&width'
            '=1"></script>'
        ),
        "ooyala:xkeHBqMjE6O_gAXwXYqQ9ZaLcf0pT1s2",
    ),
    "theplatform-iframe": (
        '<iframe src="https://player.theplatform.com/p/NnzsPC/embed/select/media/lTvSLhKTFwHG"></iframe>',
        "theplatform:NnzsPC:lTvSLhKTFwHG",
    ),
    "oembed-link": (
        (
            '<link rel="alternate" type="application/json+oembed" title="A film" href="https://www.youtube.co'
            'm/oembed?format=json&amp;url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DAb3-dE_9hIj">'
        ),
        YOUTUBE,
    ),
    "lazy-iframe": (
        '<iframe data-src="https://www.youtube.com/embed/Ab3-dE_9hIj?rel=0"></iframe>',
        YOUTUBE,
    ),
    "lazy-iframe-2": (
        '<iframe src="about:blank" data-lazy-src="//player.vimeo.com/video/19339941"></iframe>',
        "vimeo:19339941",
    ),
    "iframe-attribute": (
        '<div data-iframe-src="https://www.dailymotion.com/embed/video/x7tgad0"></div>',
        "dailymotion:x7tgad0",
    ),
    "frame-in-frame": (
        (
            '<iframe src="//cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fwww.youtube.com%2Fembed%2FAb'
            '3-dE_9hIj&key=1"></iframe>'
        ),
        YOUTUBE,
    ),
    "embed-url": (
        '<div data-embed-url="https://www.youtube.com/embed/Ab3-dE_9hIj"></div>',
        YOUTUBE,
    ),
    "srcdoc": (
        (
            '<iframe srcdoc="<style>*{margin:0}</style><a href=https://www.youtube.com/embed/Ab3-dE_9hIj?auto'
            'play=1><img src=https://img.youtube.com/vi/Ab3-dE_9hIj/0.jpg></a>"></iframe>'
        ),
        YOUTUBE,
    ),
    "noscript": (
        '<noscript><iframe src="https://player.vimeo.com/video/19339941"></iframe></noscript>',
        "vimeo:19339941",
    ),
    "markup-attribute": (
        (
            '<div data-html="&lt;iframe src=&quot;https://player.vimeo.com/video/19339941&quot;&gt;&lt;/ifram'
            'e&gt;"></div>'
        ),
        "vimeo:19339941",
    ),
    "markup-percent-encoded": (
        '<div data-iframe="%3Ciframe%20src%3D%22https%3A%2F%2Fplayer.vimeo.com%2Fvideo%2F19339941%22%3E"></div>',
        "vimeo:19339941",
    ),
    "markup-percent-encoded-in-data": (
        '<div data-embed=\'{"html": "%3ciframe src=%22https://player.vimeo.com/video/19339941%22%3e"}\'></div>',
        "vimeo:19339941",
    ),
    "instagram": (
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/reel/CUbHf'
            'hpswxt/"></blockquote>'
        ),
        "instagram:CUbHfhpswxt",
    ),
    "tiktok": (
        (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@scout2015/video/67183353908450951'
            '73" data-video-id="6718335390845095173"><section></section></blockquote>'
        ),
        "tiktok:6718335390845095173",
    ),
    "twitter-video": (
        (
            '<blockquote class="twitter-video"><p>Look</p><a href="https://twitter.com/a/status/9100315167465'
            '14432">on</a></blockquote>'
        ),
        "x:910031516746514432",
    ),
    "facebook": (
        ('<div class="fb-video" data-href="https://www.facebook.com/facebook/videos/10153231379946729/"></div>'),
        "facebook:10153231379946729",
    ),
    "anvato-attribute": (
        '<div data-anvp=\'{"video":"4465496","accessKey":"X8POa4zpGZMmeiq0wqiO8IP5rMqQM9VN"}\'></div>',
        "anvato:X8POa4zpGZMmeiq0wqiO8IP5rMqQM9VN:4465496",
    ),
    "provider-attribute": (
        '<div id="player-1" data-provider="vimeo" data-id="59777392"></div>',
        "vimeo:59777392",
    ),
    "brightcove-attribute": (
        '<div data-bcid="6345678901112"></div>',
        "brightcove:6345678901112",
    ),
    "kaltura-module": (
        '<figure data-module-id="VideoKalturaPlayerModule" data-video-id="0_ab12cd34"></figure>',
        "kaltura:0_ab12cd34",
    ),
}

SCRIPTS = {
    "bbc-version": (
        'w.__DATA__="{\\"items\\":[{\\"versionID\\":\\"p0hxyz34\\",\\"kind\\":\\"programme\\",\\"duration\\":65}]}";',
        "bbc:p0hxyz34",
    ),
    "with-player": (
        'cnx.cmd.push(function(){cnx({playerId:"5b1b6a4f-3c33-8d4f",mediaId:"c7e0ff21-1111-4444"}).render("x");});',
        "local:c7e0ff21-1111-4444",
    ),
    "jwplayer-playlist": (
        'jwplayer("x").setup({playlist:"//cdn.jwplayer.com/v2/media/aB3dE6gH",width:"100%"})',
        "jwplayer:aB3dE6gH",
    ),
    "jwplayer-mediaid": (
        'jwplayer("x").setup({mediaid:"aB3dE6gH",title:"A film"});',
        "jwplayer:aB3dE6gH",
    ),
    "jwplayer-instance": (
        (
            'var playerInstance = jwplayer("x"); playerInstance.setup({file:"https://cdn.jwplayer.com/manifes'
            'ts/aB3dE6gH.m3u8"});'
        ),
        "jwplayer:aB3dE6gH",
    ),
    "jwplayer-load": (
        'jwplayer().load("https://cdn.jwplayer.com/v2/media/aB3dE6gH");',
        "jwplayer:aB3dE6gH",
    ),
    "kwidget": (
        'kWidget.embed({"targetId":"k","wid":"_243342","uiconf_id":1,"entry_id":"1_sf5ovm7u"});',
        "kaltura:243342:1_sf5ovm7u",
    ),
    "kaltura-player": (
        ("var p=KalturaPlayer.setup({targetId:'k',provider:{partnerId:243342}});p.loadMedia({entryId:'1_sf5ovm7u'});"),
        "kaltura:243342:1_sf5ovm7u",
    ),
    "kaltura-iframe": (
        'kalturaIframeEmbed("t","1_sf5ovm7u");',
        "kaltura:1_sf5ovm7u",
    ),
    "ooyala-create": (
        ("OO.ready(function(OO){ OO.Player.create('p','xkeHBqMjE6O_gAXwXYqQ9ZaLcf0pT1s2',{width:'100%'}); });"),
        "ooyala:xkeHBqMjE6O_gAXwXYqQ9ZaLcf0pT1s2",
    ),
    "anvato-config": (
        ("anvp.p0 = {}; anvp.p0.config = {mcp:'anv', video:'4465496', accessKey:'X8POa4zpGZMmeiq0wqiO8IP5rMqQM9VN'};"),
        "anvato:X8POa4zpGZMmeiq0wqiO8IP5rMqQM9VN:4465496",
    ),
    "theplatform-link": (
        ('$pdk.controller.setReleaseURL("https://link.theplatform.com/s/NnzsPC/media/lTvSLhKTFwHG?mbr=true");'),
        "theplatform:NnzsPC:lTvSLhKTFwHG",
    ),
    "youtube-player": (
        "new YT.Player('p',{height:'390',videoId:'Ab3-dE_9hIj',events:{onReady:go}});",
        YOUTUBE,
    ),
    "vimeo-player": (
        "var v = new Vimeo.Player('p', {id: 59777392, loop: true});",
        "vimeo:59777392",
    ),
    "vimeo-player-url": (
        "new Vimeo.Player('p', {url: 'https://vimeo.com/59777392'});",
        "vimeo:59777392",
    ),
    "dailymotion-player": (
        'DM.player(document.getElementById("p"), {video: "x7tgad0", width: 1});',
        "dailymotion:x7tgad0",
    ),
    "wistia-push": (
        'window._wq = window._wq || []; _wq.push({ id: "abc123de4f", onReady: function(v){} });',
        "wistia:abc123de4f",
    ),
    "wistia-embed": (
        'wistiaEmbed = Wistia.embed("abc123de4f", {version: "v1"});',
        "wistia:abc123de4f",
    ),
    "glomex": (
        'window.p = {player:"glomex", playlistId:"v-cfa6lye0dkdd", videoId:"v-cfa6lye0dkdd"}',
        "glomex:v-cfa6lye0dkdd",
    ),
    "provider": (
        'var d = {"items":[{"provider":"youtube","id":"Ab3-dE_9hIj","title":"A film"}]}',
        YOUTUBE,
    ),
    "key-round-it": (
        'window.x = {"media":{"vimeo":{"id":"59777392","title":"A film"}}}',
        "vimeo:59777392",
    ),
    "camel-key": (
        'window.x = {"youtubeVideoId":"Ab3-dE_9hIj"}',
        YOUTUBE,
    ),
    "typename": (
        'window.x = {"__typename":"YoutubeVideo","videoId":"Ab3-dE_9hIj"}',
        YOUTUBE,
    ),
    "bare-string": (
        'frame.src = "https://www.youtube.com/embed/Ab3-dE_9hIj?rel=0";',
        YOUTUBE,
    ),
    "brightcove-key": (
        'window.x={"brightcoveId":"6345678901112","accountId":"1752604059001"}',
        "brightcove:1752604059001:6345678901112",
    ),
    "videojs-brightcove": (
        (
            'bc("p", {"data": 1}); var v = {"accountId":"1752604059001","playerId":"default","videoId":"63456'
            '78901112","player":"brightcove"};'
        ),
        "brightcove:1752604059001:6345678901112",
    ),
}


@pytest.mark.parametrize(("markup", "expected"), ELEMENTS.values(), ids=ELEMENTS)
def test_an_embed_gives_an_item_with_its_players_id(markup: str, expected: str) -> None:
    """Each way of embedding a player gives one item, with the id in the player's scheme."""
    assert ids_in(markup) == [expected]


@pytest.mark.parametrize(("text", "expected"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_set_up_gives_an_item_with_its_players_id(text: str, expected: str) -> None:
    """Each way of setting up a player in a script gives one item, with the id in the player's scheme."""
    assert ids_in(script(text)) == [expected]


@pytest.mark.parametrize(
    "markup",
    [
        '<div data-video-id="video_id"></div>',
        script('track({"control":{"video_id":"video_id","video_title":"video_title"}})'),
        script('var s = {"provider":"facebook","id":"1234567890123"}'),
        script('var s = {"social":[{"type":"youtube","id":"gordonramsay"},{"type":"twitter","id":"someone"}]}'),
        '<div data-post-id="123" data-media-id="4711"></div>',
        '<div class="product-media" data-media-id="21234567890123"><img src="/shoe.jpg" alt="Shoe"></div>',
        script('window.x = {"title": "A release", "versionId": "1c0ffee2"}'),
        script('window.x = {"mediaId": 4711, "title":"A picture"}'),
        script('window.x = {"vid": 3, "videoId": "auto"}'),
        script('window.x = {"entryId": "4aBcDe", "fields": {"entry_id": 17}}'),
        '<a class="fa fa-youtube" href="https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv">Follow</a>',
        '<iframe src="https://www.google.com/maps/embed?pb=1"></iframe>',
        '<iframe src="https://ads.example/consent.html"></iframe>',
        script("var s = 'https://www.youtube.com/embed/' + id;"),
    ],
)
def test_what_is_no_id_of_a_medium_makes_no_item(markup: str) -> None:
    """Placeholders, accounts, positions, pictures' numbers and frames of other things give nothing."""
    assert ids_in(markup) == []


DESCRIBED = {
    "kvs": (
        script(
            "var flashvars = {video_id: '40417', license_code: '$531', video_title: 'A film', skin: 'youtube.css',"
            " video_url: 'function/0/https://site.example/get_file/3/ab/40417.mp4/?br=1', video_url_text: '480p',"
            " video_alt_url: 'https://site.example/get_file/3/cd/40417_720p.mp4/', preview_url: '/shots/40417.jpg'};"
            "kt_player('kt_player', '/player.swf', '100%', '100%', flashvars);"
        ),
        "A film",
        ["https://site.example/get_file/3/ab/40417.mp4/?br=1", "https://site.example/get_file/3/cd/40417_720p.mp4/"],
        "https://news.example/shots/40417.jpg",
    ),
    "flashvars": (
        (
            '<object data="/player.swf"><param name="flashvars" value="file=http%3A%2F%2Fm.example%2Fa.flv'
            '&amp;image=/a.jpg&amp;title=A+film"></object>'
        ),
        "A film",
        ["http://m.example/a.flv"],
        "https://news.example/a.jpg",
    ),
    "swf-query": (
        '<embed src="/player.swf?file=/v/a.mp4&amp;image=/a.jpg&amp;title=A%20film" width="4">',
        "A film",
        ["https://news.example/v/a.mp4"],
        "https://news.example/a.jpg",
    ),
    "videojs": (
        script('videojs("x",{title:"A film",poster:"/a.jpg",sources:[{src:"/v/a.m3u8"}]});'),
        "A film",
        ["https://news.example/v/a.m3u8"],
        "https://news.example/a.jpg",
    ),
    "no-title": (
        "<title>A film</title>" + script('videojs("x",{poster:"/a.jpg",sources:[{src:"/v/a.mp4"}]});'),
        "A film",
        ["https://news.example/v/a.mp4"],
        "https://news.example/a.jpg",
    ),
    "plyr": (
        script(
            "const p = new Plyr('#p'); p.source = {type:'video',title:'A film',sources:[{src:'/a.mp4',size:720}],"
            "poster:'/a.jpg',tracks:[{kind:'captions',src:'/a.vtt'}]};"
        ),
        "A film",
        ["https://news.example/a.mp4"],
        "https://news.example/a.jpg",
    ),
}


@pytest.mark.parametrize(("markup", "title", "media", "poster"), DESCRIBED.values(), ids=DESCRIBED)
def test_a_set_up_gives_files_title_and_poster(markup: str, title: str, media: list[str], poster: str) -> None:
    """A set-up with files of its own is one item with its title, all its files and its picture."""
    (item,) = extract(f"<html><body>{markup}</body></html>".encode(), url=PAGE)
    assert item.title == title
    assert [one.url for one in item.locations if one.role == "media"] == media
    assert [one.url for one in item.locations if one.role == "poster"] == [poster]


def test_a_label_to_play_is_a_title_without_its_verb() -> None:
    """`Play: A film` on a player's button names the film."""
    (item,) = extract(ELEMENTS["lite-youtube"][0].encode(), url=PAGE)
    assert item.title == "A film"


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("Play Sample for Red Dragon", "Red Dragon"),
        ("Watch the video of Herons at dusk", "Herons at dusk"),
        ("Watch on YouTube: &quot;Herons at dusk&quot;", "Herons at dusk"),
        ("Video abspielen: Herons at dusk", "Herons at dusk"),
        ("Lire la vidéo : Herons at dusk", "Herons at dusk"),
        ("Play Misty for Me", "Play Misty for Me"),
        ("How to play: chess", "How to play: chess"),
    ],
)
def test_a_button_names_what_it_plays(label: str, title: str) -> None:
    """Without the words that any button of a player has; a verb alone may begin a title."""
    (item,) = extract(f'<button data-mp3="/v/a.mp3" aria-label="{label}"></button>'.encode(), url=PAGE)
    assert item.title == title


def test_one_id_in_several_forms_is_one_item() -> None:
    """A bare id takes the scheme that the document's player gives it, and so finds its other sightings."""
    markup = '<div data-video-id="aB3dE6gH"></div><img src="https://cdn.jwplayer.com/v2/media/aB3dE6gH/poster.jpg">'
    markup += '<script src="https://cdn.jwplayer.com/players/aB3dE6gH-iJ8kL0mN.js"></script>'
    (item,) = extract(markup.encode(), url=PAGE)
    assert len(item.sightings) == 2


@pytest.mark.parametrize(
    "markup",
    [
        script("jwplayer('box-12').setup({id:'box-12', file:'/v/a.mp4'})"),
        script("new Playerjs({id:'box_12', file:'/v/a.mp4'})") + '<div id="box_12"></div>',
    ],
)
def test_the_id_of_a_players_element_is_no_mediums(markup: str) -> None:
    """An id in a set-up that the call or an element of the page bears too says where the player stands."""
    (item,) = extract(markup.encode(), url=PAGE)
    assert item.ids == ()
    assert all("id" not in sighting.reads for sighting in item.sightings)


def test_an_id_in_a_call_slices_back_to_the_text() -> None:
    """The span of an id among a call's arguments is that of the call's brackets."""
    data = script(SCRIPTS["ooyala-create"][0]).encode()
    (item,) = extract(data, url=PAGE)
    ((start, end),) = item.sightings[0].spans
    assert data[start:end].startswith(b"('p','xkeH")
    assert data[start:end].endswith(b"})")


@pytest.mark.parametrize(
    ("url", "listed"),
    [
        ("https://player.tv.example/embed/12345", True),
        ("//video.site.example/v/abc", True),
        ("https://site.example/embed/12345", False),
        ("https://www.google.com/maps/embed?pb=1", False),
        ("https://ads.example/video/frame.html", False),
        ("https://consent.example/player.html", False),
    ],
)
def test_a_frame_counts_where_its_url_says_that_it_plays(url: str, listed: bool) -> None:
    """Frames of players that nobody knows are listed by their URL alone; maps, advertising and consent are not."""
    items = extract(f'<iframe src="{url}"></iframe>'.encode(), url=PAGE)
    assert [one.role for item in items for one in item.locations] == (["embed"] if listed else [])


def test_a_frame_that_may_fill_the_screen_counts_by_a_weaker_word() -> None:
    """`embed` alone is of anything; with the right to fill the screen it is a player's."""
    items = extract(b'<iframe src="https://site.example/embed/1" allowfullscreen></iframe>', url=PAGE)
    assert len(items) == 1


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="https://site.example/embed/1" allow="autoplay; encrypted-media"></iframe>',
        '<iframe src="https://site.example/embed/1" title="Site player"></iframe>',
        '<iframe src="https://site.example/show/embed/episodes/1"></iframe>',
    ],
)
def test_a_weaker_word_counts_together_with_another_sign_of_a_player(frame: str) -> None:
    """`embed` counts beside what is played, in a frame called a player, and in one that may play by itself."""
    assert len(extract(frame.encode(), url=PAGE)) == 1


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://player.tv.example/embed/1234567?autoplay=1", "1234567"),
        ("https://player.tv.example/e/0e5a2b3c-1111-4222-8333-944445555666/", "0e5a2b3c-1111-4222-8333-944445555666"),
        ("https://player.tv.example/v1/frame.html?lang=en&amp;mediaId=987654#t=3", "987654"),
        ("https://player.tv.example/frame?video=news%2F2021%2F05%2Fclip.a", "news/2021/05/clip.a"),
        ("https://player.tv.example/embed/xN49A1cT/2-on-2-with-friends/", "xN49A1cT"),
        ("https://web.archive.org/web/20220102030405if_/https://player.tv.example/embed/1234567", "1234567"),
        ("https://player.tv.example/watch/the-evening-news-2021", None),
        ("https://player.tv.example/v2/live", None),
    ],
)
def test_the_address_of_a_player_that_nobody_knows_gives_the_id(url: str, value: str | None) -> None:
    """A parameter for ids or the last step of the path that reads like one; no words of a title, no version."""
    (item,) = extract(f'<iframe src="{url}"></iframe>'.encode(), url=PAGE)
    assert [(one.scheme, one.value) for one in item.ids] == ([("local", value)] if value else [])


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        ('<iframe src="https://player.station.example/radio/1234"></iframe>', "audio"),
        ('<iframe src="https://player.site.example/?podcastId=1234"></iframe>', "audio"),
        ('<iframe src="https://player.site.example/1234" width="100%" height="180"></iframe>', "audio"),
        ('<iframe src="https://player.site.example/1234" width="320" height="180"></iframe>', "video"),
        ('<iframe src="https://player.site.example/tv/episode/1234"></iframe>', "video"),
        ('<iframe src="https://player.site.example/1234" height="400"></iframe>', "video"),
    ],
)
def test_what_an_unknown_player_plays_is_told_by_its_address_and_height(frame: str, kind: str) -> None:
    """Words for sound, or a frame in which nothing could be seen, make it audio; all else is video."""
    (item,) = extract(frame.encode(), url=PAGE)
    assert item.kind == kind


@pytest.mark.parametrize(
    ("scheme", "text", "strict", "value"),
    [
        ("youtube", "Ab3-dE_9hIj", True, "Ab3-dE_9hIj"),
        ("youtube", "Ab3-dE_9hIj?start=3", True, "Ab3-dE_9hIj"),
        ("youtube", "video-title", True, None),
        ("youtube", "video-title", False, "video-title"),
        ("youtube", "12345678901", True, None),
        ("jwplayer", "Schedule", True, None),
        ("jwplayer", "20240131", True, None),
        ("jwplayer", "aB3dE6gHx", True, None),
        ("kaltura", "1_ab12cd34", True, "1_ab12cd34"),
        ("kaltura", "1_ab12", False, None),
        ("brightcove", "1700000000000", True, "1700000000000"),
        ("brightcove", "9700000000000", True, None),
        ("twitch", "v123456789", True, "123456789"),
    ],
)
def test_an_ids_shape_must_be_the_players(scheme: str, text: str, strict: bool, value: str | None) -> None:
    """Length and letters are checked, and without other evidence that it is neither word nor number."""
    assert shaped(scheme, text, strict=strict) == value


def test_evidence_is_looked_for_once_and_only_when_asked() -> None:
    """A document shows a player where one of its texts stands in it; of schemes unknown nothing is shown."""
    shown = Shown(b"<script src=https://cdn.jwplayer.com/libraries/x.js>")
    assert "jwplayer" in shown
    assert "brightcove" not in shown
    assert "vimeo" not in shown
    assert "elsewhere" not in shown


def test_local_ids_stay_local_without_evidence() -> None:
    """An id that could be a player's stays the page's own while nothing shows that player."""
    ids = (Id(scheme="local", value="aB3dE6gH"),)
    assert settle(ids, {"aB3dE6gH"}, "", NOTHING) == ids
    assert settle(ids, {"aB3dE6gH"}, "", Shown(b"cdn.jwplayer.com/")) == (Id(scheme="jwplayer", value="aB3dE6gH"),)
    assert settle(ids, {"aB3dE6gH"}, "jwplayer.setup", NOTHING) == (Id(scheme="jwplayer", value="aB3dE6gH"),)
    assert settle(ids, (), "", Shown(b"cdn.jwplayer.com/")) == ids


def test_an_id_that_has_a_scheme_is_no_other_players() -> None:
    """What names an id's player once settles it, whatever other players the document shows."""
    ids = (Id(scheme="vidyard", value="aB3dE6gH"), Id(scheme="local", value="aB3dE6gH"))
    assert settle(ids, {"aB3dE6gH"}, "", Shown(b"cdn.jwplayer.com/")) == ids[:1]


@given(st.dictionaries(st.sampled_from(sorted(MEDIA_IDS | OWNERS | {"id", "class", "element"})), st.text(max_size=40)))
def test_any_record_can_be_asked_for_ids(record: dict[str, str]) -> None:
    """No combination of names and texts raises, and each id read is a text without white space."""
    for read in ids_of(dict(record), Keys(record)):
        assert read.id.value
        assert not any(char.isspace() for char in read.id.value)


@pytest.mark.parametrize(
    ("markup", "ids"),
    [
        ('<div data-video="4202322531001"></div>', ["local:4202322531001"]),
        ('<div data-video="12345"></div>', []),
        ('<div data-video="intro 123456"></div>', []),
        ("<a data-chorus-video-id='50297' data-video-title='Foxes'></a>", ["local:50297"]),
        ("<a data-next-video-id='50297' data-video-title='Foxes'></a>", []),
        (script('init({"articleVideoId":"50297","title":"Foxes"})'), ["local:50297"]),
        (script('init({"articleVideoId":"50297","videoId":"60297","title":"Foxes"})'), ["local:60297"]),
        (script('init({"tickerVideoId":"50297"})'), []),
    ],
)
def test_other_names_that_end_like_a_videos_id_count_too(markup: str, ids: list[str]) -> None:
    """An element's do, and those of a record with a title, unless they are of another video or there is a plain one."""
    assert ids_in(markup) == ids


def test_a_documents_only_account_is_an_ids_own() -> None:
    """An id without an account has that which the document names, unless it names several."""
    one = b'<script src="https://players.brightcove.net/1752604059001/default_default/index.min.js"></script>'
    other = b'<script src="https://players.brightcove.net/2752604059001/default_default/index.min.js"></script>'
    markup = b'<div data-video-id="4883184247001"></div>'
    assert ids_in((one + markup).decode()) == ["brightcove:1752604059001:4883184247001"]
    assert ids_in((one + other + markup).decode()) == ["brightcove:4883184247001"]


def test_a_second_id_of_one_player_stays_local() -> None:
    """A record has one id of a player; what else could be one is kept as it is."""
    ids = (Id(scheme="youtube", value="Ab3-dE_9hIj"), Id(scheme="local", value="Bc4-eF_0iJk"))
    assert settle(ids, {"Bc4-eF_0iJk"}, "", Shown(b"youtube.com/embed")) == ids


@pytest.mark.parametrize(
    "text",
    [
        b'{"url":"https://manifest.prod.boltdns.net/manifest/v1/hls/v4/clear/694940094001/0a1b2c3d-1111/10s/m.m3u8"}',
        rb'{"url":"https:\u002F\u002Fmanifest.prod.boltdns.net\u002Fv1\u002Fclear\u002F694940094001\u002F0a1b2c3d-1111"}',
        b'{"bc_account_id":"694940094001"}',
        rb'"{\"bcAccountId\":\"694940094001\"}"',
    ],
)
def test_the_account_stands_in_the_players_urls(text: bytes) -> None:
    """The URLs of its files and its key names tell the account of a player, however they are escaped."""
    assert Shown(text).account("brightcove") == "694940094001"


def test_elements_are_known_by_their_ids():
    """An id is an element's where one of that id stands in the document, in either quotes and whole."""
    shown = Shown('<p id="one"><p id=\'zwölf\'><p data-id="two"> id=three <p id="a id="four">'.encode())
    assert [name for name in ("one", "zwölf", "two", "three", "four", "on", "zw") if shown.has_element(name)] == [
        "one",
        "zwölf",
        "four",
    ]


@pytest.mark.parametrize(
    "label",
    [
        "MP3 - 196 Mo",
        "Document",
        "AAC",
        "Ogg Vorbis",
        "MPEG-4 AAC Audio",
        "Libsyn Player",
        "MP4 (12:05)",
        "Watch the Trailer",
    ],
)
def test_a_files_form_and_size_are_no_title(label: str) -> None:
    """What a link or list says of a file's form, size or length, or of whose player it is, names no medium."""
    assert not is_title(label, "title")


def test_the_code_that_a_player_offers_other_pages_is_no_medium_of_its_own() -> None:
    """While what its script fills in is open, the frame in it shows nothing."""
    data = {"title": "Herons", "file": "https://news.example/a.mp4"}
    code = '<iframe src="https://news.example/video-1~player.html$params$"></iframe>'
    script_of = json.dumps({"media": data, "sharing": {"embedCode": code}})
    items = extract(f'<script type="application/json">{script_of}</script>'.encode(), url=PAGE)
    assert [(item.title, len(item.locations)) for item in items] == [("Herons", 1)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Redcircle Player", None),
        ("art19-embed", None),
        ("VideoPress Video Player", None),
        ("The piano player", "The piano player"),
        ("Foxes, player of the year", "Foxes, player of the year"),
    ],
)
def test_a_frame_called_after_its_player_has_no_title(title: str, expected: str | None) -> None:
    """Whoever made the player."""
    (item,) = extract(f'<iframe title="{title}" src="https://player.vimeo.com/video/19339941">'.encode(), url=PAGE)
    assert item.title == expected


@pytest.mark.parametrize("title", ["Documents of the strike", "Opus 5", "MP3: a history", "Speed"])
def test_a_title_of_such_words_is_one(title: str) -> None:
    """With any other word or number beside them they are a title."""
    assert is_title(title, "title")


@pytest.mark.parametrize(
    ("key", "value", "scheme"),
    [
        ("muxPlaybackId", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2", "mux"),
        ("wistiaHashedId", "abc123def4", "wistia"),
        ("featuredYoutubeVideoId", "dQw4w9WgXcQ", "youtube"),
        ("videoYoutubeId", "dQw4w9WgXcQ", "youtube"),
        ("youtubeCode", "dQw4w9WgXcQ", "youtube"),
        ("vidyardUuid", "aBcDeFgHiJkLmNoPqRsTuV", "vidyard"),
        ("soundcloudTrackId", "123456789", "soundcloud"),
        ("video_guid", "3b1d6a0e-aaaa-3bbb-8ccc-ddddeeeeffff", "local"),
        ("relatedYoutubeVideoId", "dQw4w9WgXcQ", None),
        ("youtubeApiKey", "AIzaSyD-a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5", None),
    ],
)
def test_a_name_that_ends_in_a_players_says_whose_id_it_is(key: str, value: str, scheme: str | None) -> None:
    """Whatever it begins with, but for what says that it is of something else."""
    data = f'{{"hero": {{"{key}": "{value}", "title": "Herons at dusk", "duration": 95}}}}'
    items = extract(f'<script type="application/json">{data}</script>'.encode(), url=PAGE)
    assert [(one.scheme, one.value) for item in items for one in item.ids] == ([(scheme, value)] if scheme else [])
