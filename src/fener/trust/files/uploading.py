"""Uploads stay in memory and stay small: what is not sealed yet never touches the disk.

Django would put larger files into a folder for temporary files; here there is one handler, which keeps a file in memory
up to the node's limit and lets go of one that is larger. Files are taken only where a page says so, from somebody who
has signed in; elsewhere they are passed over without being kept.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

# Pages with a field for a file.
TAKES_FILES = frozenset({"casework:attachment_new"})


class UploadedInMemory(SimpleUploadedFile):
    """A file in memory. ``too_large``: it was larger than the limit, and nothing of it was kept."""

    too_large: bool = False


class MemoryHandler(FileUploadHandler):
    """Keeps a file in memory up to ``FENER_FILE_MB``."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: str, encoding: str | None = None
    ) -> None:
        match = getattr(self.request, "resolver_match", None)
        user = getattr(self.request, "user", None)
        self.taken = bool(match and match.view_name in TAKES_FILES and user and user.is_authenticated)
        # A form beside the file is small. Far beyond the limit nobody needs to send the rest.
        if content_length > 4 * limit_bytes():
            raise StopUpload(connection_reset=True)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self.taken:
            raise SkipFile
        self.content = bytearray()
        self.too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if len(self.content) + len(raw_data) > limit_bytes():
            self.too_large, self.content = True, bytearray()
        if not self.too_large:
            self.content += raw_data

    def file_complete(self, file_size: int) -> UploadedInMemory:
        made = UploadedInMemory(self.file_name or "", bytes(self.content))
        made.too_large = self.too_large
        del self.content
        return made


def limit_bytes() -> int:
    """How large a file may be."""
    return int(settings.FENER_FILE_MB) * 1024 * 1024
