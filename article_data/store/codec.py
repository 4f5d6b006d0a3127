"""Articles and their texts as bytes: msgpack by msgspec, the same bytes in a pack, in Redis and in memory.

Called by the build (encode) and the reader (decode). A record carries its own number, so that whoever keeps records can
notice a mixed-up one.
"""

from __future__ import annotations

import msgspec

from article_data.article import Article, ArticleText
from article_data.store.errors import StoreError

_ENCODER = msgspec.msgpack.Encoder()
_ARTICLE = msgspec.msgpack.Decoder(Article)
_TEXT = msgspec.msgpack.Decoder(ArticleText)


def encode_article(article: Article) -> bytes:
    """Return an article's bytes."""
    return _ENCODER.encode(article)


def decode_article(data: bytes) -> Article:
    """Return the article of some bytes. Raises StoreError for anything else."""
    try:
        return _ARTICLE.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as exc:
        raise StoreError(f"a record is no article ({exc}); build the articles again") from exc


def encode_text(text: ArticleText) -> bytes:
    """Return a text's bytes."""
    return _ENCODER.encode(text)


def decode_text(data: bytes) -> ArticleText:
    """Return the text of some bytes. Raises StoreError for anything else."""
    try:
        return _TEXT.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as exc:
        raise StoreError(f"a record is no article's text ({exc}); build the articles again") from exc
