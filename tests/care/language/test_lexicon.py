"""The data files of the lexicon: complete, consistent, and strict about mistakes."""

from pathlib import Path

import pytest

from care.catalogue_names import SERVICES
