"""Which step an article may take, who may take it, and what state its history adds up to."""

from ovn_desk.domain.ordering import topological_order
from ovn_desk.domain.workflow.article import Article, UncountedRecord
from ovn_desk.domain.workflow.crediting import credits_of
from ovn_desk.domain.workflow.custody import Custody, custody_of, custody_words, moment_words
from ovn_desk.domain.workflow.details import (
    DETAILS,
    Address,
    ChangeDecision,
    CommentAnswer,
    CommentText,
    Details,
    Override,
    Quote,
    Takeover,
)
from ovn_desk.domain.workflow.events import Event, last_seen
from ovn_desk.domain.workflow.folding import Judge, fold, lineage, merge_bases, predecessors, with_export, writers_of
from ovn_desk.domain.workflow.permission import (
    check,
    edit_refusal,
    may_come_to_approve,
    may_take_step,
    next_step,
    refusal,
    typing_refusal,
)
from ovn_desk.domain.workflow.rules import (
    EDITORS,
    HAS_A_PAGE,
    MAY_BE_LIVE,
    RULES,
    UNPUBLISHED,
    WITH_DESK,
    Rule,
    State,
    Step,
    state_words,
    step_done,
)

__all__ = [
    "DETAILS",
    "EDITORS",
    "HAS_A_PAGE",
    "MAY_BE_LIVE",
    "RULES",
    "UNPUBLISHED",
    "WITH_DESK",
    "Address",
    "Article",
    "ChangeDecision",
    "CommentAnswer",
    "CommentText",
    "Custody",
    "Details",
    "Event",
    "Judge",
    "Override",
    "Quote",
    "Rule",
    "State",
    "Step",
    "Takeover",
    "UncountedRecord",
    "check",
    "credits_of",
    "custody_of",
    "custody_words",
    "edit_refusal",
    "fold",
    "last_seen",
    "lineage",
    "may_come_to_approve",
    "may_take_step",
    "merge_bases",
    "moment_words",
    "next_step",
    "predecessors",
    "refusal",
    "state_words",
    "step_done",
    "topological_order",
    "typing_refusal",
    "with_export",
    "writers_of",
]
