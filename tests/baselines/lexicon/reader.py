"""The lexicon baseline, asked about sentences made up for these tests."""

from baselines.lexicon import Lexicon
from tests.baselines.made_up import Reader

_READER = Reader(Lexicon())
read, found, event = _READER.read, _READER.found, _READER.event
roles, names = _READER.roles, _READER.names
