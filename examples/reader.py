#!/usr/bin/env python3
"""reader.py LIBRARY FILE: prints the phone numbers of a page.

Uses the pull reader from Python through ctypes, without a C compiler or callbacks; the
only struct layout needed is that of a text. LIBRARY is libnumres.so.0, with its path
unless it is installed. Records are valid until the next event, so copy what you keep.
"""

import ctypes
import sys

END, ERROR, NEED_BYTES, RESERVATION, PHONE_NUMBER = range(5)
API_ERROR, PROBLEM = 6, 8
# numres/members.h
MEMBER_PHONE_NUMBER, MEMBER_STATUS, MEMBER_EXPIRED_AT = 2, 3, 6
API_ERROR_CODE, API_ERROR_TITLE = 0, 1
CHUNK = 65536


class Text(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_void_p), ("length", ctypes.c_size_t)]

    def __str__(self):
        return ctypes.string_at(self.bytes, self.length).decode()


def bind(path):
    """Loads the library and declares the functions that this program calls."""
    library = ctypes.CDLL(path)
    pointer, number = ctypes.c_void_p, ctypes.c_uint
    for name, result, *arguments in [
        ("reader_create", ctypes.c_int, ctypes.POINTER(pointer), pointer, ctypes.c_int),
        ("reader_destroy", None, pointer),
        ("reader_feed", ctypes.c_int, pointer, pointer, ctypes.c_size_t),
        ("reader_finish", ctypes.c_int, pointer),
        ("reader_next", ctypes.c_int, pointer),
        ("reader_phone_number", pointer, pointer),
        ("reader_api_error", pointer, pointer),
        ("reader_problem", pointer, pointer),
        ("reader_error", pointer, pointer),
        ("phone_number_text", Text, pointer, number),
        ("api_error_text", Text, pointer, number),
        ("phone_number_instant", ctypes.c_bool, pointer, number,
         ctypes.POINTER(ctypes.c_int64), pointer),
        ("problem_path", Text, pointer),
        ("problem_sentence", ctypes.c_char_p, pointer),
        ("error_offset", ctypes.c_uint64, pointer),
        ("error_path", ctypes.c_char_p, pointer),
        ("error_sentence", ctypes.c_char_p, pointer),
    ]:
        function = getattr(library, "numres_" + name)
        function.restype, function.argtypes = result, arguments
    return library


def events(numres, reader, file):
    """Yields one event after another, up to the end or an error."""
    chunk = ctypes.create_string_buffer(CHUNK)
    while (event := numres.numres_reader_next(reader)) != END:
        yield event
        if event == ERROR:
            return
        if event == NEED_BYTES:
            length = file.readinto(chunk)
            if length > 0:
                numres.numres_reader_feed(reader, chunk, length)
            else:
                numres.numres_reader_finish(reader)


def describe(numres, number):
    """Returns a line about a phone number."""
    seconds = ctypes.c_int64()
    text = numres.numres_phone_number_text(number, MEMBER_PHONE_NUMBER)
    status = numres.numres_phone_number_text(number, MEMBER_STATUS)
    expires = numres.numres_phone_number_instant(number, MEMBER_EXPIRED_AT, seconds, None)
    return f"{text} is {status}" + (f", expires at {seconds.value}" if expires else "")


def main(path, name):
    numres = bind(path)
    reader = ctypes.c_void_p()
    status = 0
    if numres.numres_reader_create(reader, None, 0) != 0:
        return 1
    try:
        with open(name, "rb") as file:
            for event in events(numres, reader, file):
                if event == PHONE_NUMBER:
                    print(describe(numres, numres.numres_reader_phone_number(reader)))
                elif event == API_ERROR:
                    api_error = numres.numres_reader_api_error(reader)
                    print("the API refused:",
                          numres.numres_api_error_text(api_error, API_ERROR_CODE),
                          numres.numres_api_error_text(api_error, API_ERROR_TITLE), file=sys.stderr)
                    status = 1
                elif event == PROBLEM:
                    problem = numres.numres_reader_problem(reader)
                    print(f"{numres.numres_problem_path(problem)}:",
                          numres.numres_problem_sentence(problem).decode(), file=sys.stderr)
                elif event == ERROR:
                    error = numres.numres_reader_error(reader)
                    print(f"byte {numres.numres_error_offset(error)},",
                          f"{numres.numres_error_path(error).decode()}:",
                          numres.numres_error_sentence(error).decode(), file=sys.stderr)
                    status = 1
    finally:
        numres.numres_reader_destroy(reader)
    return status


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: reader.py LIBRARY FILE")
    for stream in sys.stdout, sys.stderr:
        stream.reconfigure(errors="backslashreplace")  # for text that the locale cannot show
    try:
        sys.exit(main(sys.argv[1], sys.argv[2]))
    except OSError as failure:
        sys.exit(f"reader.py: {failure}")
