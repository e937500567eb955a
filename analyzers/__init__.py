"""Text -> terms: the only place where text becomes what is indexed and searched for."""

from analyzers.analysis import Analysis, Stream, Tier, Token
from analyzers.analyzer import Analyzer
from analyzers.detection import detected
from analyzers.profile import LanguageProfile
from analyzers.registry import LANGUAGES, analyzer_for, profile_for

__all__ = [
    "LANGUAGES",
    "Analysis",
    "Analyzer",
    "LanguageProfile",
    "Stream",
    "Tier",
    "Token",
    "analyzer_for",
    "detected",
    "profile_for",
]
