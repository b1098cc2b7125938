#!/usr/bin/python3
"""Makes receipt-24.bin.gz from Noto Sans CJK (Debian: fonts-noto-cjk, python3-pil). Run by hand; the result is kept.

The format is in README.md beside this file.
"""
import gzip
import struct
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

NOTO = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SANS_SC, MONO_SC = 2, 7  # faces inside the collection
# GBK's six hanzi which older tables put into the private use area: their picture comes from today's code point,
# and the font has them under both, since decoders differ.
PRIVATE = {0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE}
# GBK's characters that got a code point of their own after Python's table was made.
SINCE_2000 = {0x1E3F, *range(0x9FB4, 0x9FBC), *range(0xFE10, 0xFE1A)}
# Not in GBK, but in GB18030's four-byte part and common in receipts.
EXTRA = "¥£¢©®²³¹½¼¾µªº€"


def dots(char, face, size, width, height, baseline, threshold):
    """Rows of one glyph, most significant bit leftmost. threshold None: FreeType's own 1-bit drawing (hinted)."""
    image = Image.new("1" if threshold is None else "L", (width, height), 0)
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1" if threshold is None else "L"
    x = width // 2 if threshold is None else width / 2
    draw.text((x, baseline), char, font=face, fill=1 if threshold is None else 255, anchor="ms")
    rows = bytearray()
    for y in range(height):
        row = 0
        for x in range(width):
            row = row << 1 | (image.getpixel((x, y)) > (threshold or 0))
        stride = (width + 7) // 8
        rows += (row << (stride * 8 - width)).to_bytes(stride, "big")
    return bytes(rows)


def table(chars, face_index, size, width, height, baseline, threshold):
    # The basic layout engine draws .notdef for an unassigned code point; the other one hides some of them.
    face = ImageFont.truetype(NOTO, size, index=face_index, layout_engine=ImageFont.Layout.BASIC)
    absent = bytes(face.getmask("\u0378"))
    glyphs = {}
    for code in sorted(chars):
        char = chr(PRIVATE.get(code, code))
        if bytes(face.getmask(char)) != absent:
            glyphs[code] = dots(char, face, size, width, height, baseline, threshold)
        else:
            print(f"no glyph in Noto: U+{code:04X}")
    head = struct.pack("<BBI", width, height, len(glyphs))
    return head + struct.pack(f"<{len(glyphs)}I", *glyphs) + b"".join(glyphs.values())


def gbk():
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                char = bytes([lead, trail]).decode("gb18030")
            except UnicodeDecodeError:
                continue
            if len(char) == 1 and not 0xE000 <= ord(char) <= 0xF8FF:
                yield ord(char)


single = {*range(0x20, 0x7F), *(ord(bytes([b]).decode("cp437")) for b in range(0x80, 0x100))}
double = {*gbk(), *PRIVATE, *PRIVATE.values(), *SINCE_2000, *map(ord, EXTRA)}
tables = [
    table(single, MONO_SC, 24, 12, 24, 19, 100),
    table(single, MONO_SC, 17, 9, 17, 13, 100),
    table(double, SANS_SC, 24, 24, 24, 21, None),
]
raw = b"YZRF" + struct.pack("<BB", 1, len(tables)) + b"".join(tables)
out = Path(__file__).with_name("receipt-24.bin.gz")
out.write_bytes(gzip.compress(raw, 9, mtime=0))
print(f"{out.name}: {len(raw)} bytes, {out.stat().st_size} packed")
