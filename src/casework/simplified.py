#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes simplified.def again: python3 src/casework/simplified.py > src/casework/simplified.def

Needs Debian's libopencc1.1 and libopencc-data (OpenCC 1.1.6, Apache-2.0)."""
import ctypes
import sys

# Characters that the 通用规范汉字表 of 2013 (国发〔2013〕23号) gives back to names, and that
# OpenCC folds all the same.
RESTORED = "昇陞鍾脩迺甦谿邨"
PER_LINE = 20

opencc = ctypes.CDLL("libopencc.so.1.1")
opencc.opencc_open.restype = ctypes.c_void_p
opencc.opencc_open.argtypes = [ctypes.c_char_p]
opencc.opencc_convert_utf8.restype = ctypes.c_void_p
opencc.opencc_convert_utf8.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
handle = opencc.opencc_open(b"t2s.json")


def simplified(character):
    text = character.encode()
    return ctypes.string_at(opencc.opencc_convert_utf8(handle, text, len(text))).decode()


def is_in_gb2312(character):
    try:
        character.encode("gb2312")
        return True
    except UnicodeEncodeError:
        return False


def macro(name, what, pairs):
    print(f"/* {what} */")
    print(f"#define {name} \\")
    lines = [pairs[i:i + PER_LINE] for i in range(0, len(pairs), PER_LINE)]
    for line in lines[:-1]:
        print(f'    "{"".join(line)}" \\')
    print(f'    "{"".join(lines[-1])}"')


only, both = [], []
# what the models can read: the basic plane
for code in list(range(0x3400, 0x4DC0)) + list(range(0x4E00, 0xA000)):
    character = chr(code)
    other = simplified(character)
    if other == character or len(other) != 1 or ord(other) > 0xFFFF:
        continue
    is_both = is_in_gb2312(character) or character in RESTORED
    (both if is_both else only).append(character + other)

print("/* SPDX-License-Identifier: GPL-3.0-or-later AND Apache-2.0 */")
print("/* Traditional characters, each followed by the simplified one: the data of OpenCC 1.1.6")
print(" * (https://github.com/BYVoid/OpenCC, TSCharacters), written by simplified.py. */")
macro("SIMPLIFIED_PAIRS", "written in traditional text alone", only)
macro("AMBIGUOUS_PAIRS", "written in simplified text too, as characters of their own", both)
sys.stderr.write(f"{len(only)} and {len(both)} pairs\n")
