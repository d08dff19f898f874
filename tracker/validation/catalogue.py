"""All rules, in order of their codes. A rule that is not listed here is a mistake that a test finds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tracker.validation.rule import rule_code
from tracker.validation.rules import (
    t001_ordinary_file,
    t002_file_size,
    t003_utf_8,
    t004_front_matter,
    t005_well_formed_yaml,
    t006_duplicate_key,
    t007_plain_yaml,
    t008_merge_conflict,
    t009_place,
    t010_lone_comment,
    t011_portable_name,
    t012_case_conflict,
    t013_unknown_file,
    t014_readable_file,
    t015_conflict_in_text,
    t101_required_field,
    t102_field_form,
    t103_known_value,
    t104_real_date,
    t105_field_pattern,
    t106_misspelt_key,
    t107_date_order,
    t108_text_limits,
    t109_field_order,
    t110_item_lines,
    t111_trailing_space,
    t112_moment_form,
    t113_mail_address,
    t114_exception,
    t115_future,
    t116_draft_number,
    t117_hash_in_text,
    t201_one_owner,
    t202_dangling_link,
    t203_link_to_itself,
    t204_circle,
    t205_open_children,
    t206_active,
    t207_onsite,
    t208_missing_attachment,
    t209_orphaned_attachment,
    t210_large_attachment,
    t211_secret,
    t212_comment_author,
    t213_supersedes,
    t214_one_parent,
    t301_transition,
    t302_fixed_field,
    t303_comment_written_once,
    t304_ticket_stays,
    t305_given_number,
    t306_own_name,
    t307_settings,
    t308_granted_exception,
    t401_reachable_rule,
    t402_shadowed_rule,
    t403_team_members,
    t404_delegate_circle,
    t405_known_skill,
    t406_absences_apart,
    t407_known_holidays,
    t408_known_template,
    t409_own_address,
)

if TYPE_CHECKING:
    from tracker.validation.rule import Rule

RULES: tuple[Rule, ...] = (
    t001_ordinary_file.RULE,
    t002_file_size.RULE,
    t003_utf_8.RULE,
    t004_front_matter.RULE,
    t005_well_formed_yaml.RULE,
    t006_duplicate_key.RULE,
    t007_plain_yaml.RULE,
    t008_merge_conflict.RULE,
    t009_place.RULE,
    t010_lone_comment.RULE,
    t011_portable_name.RULE,
    t012_case_conflict.RULE,
    t013_unknown_file.RULE,
    t014_readable_file.RULE,
    t015_conflict_in_text.RULE,
    t101_required_field.RULE,
    t102_field_form.RULE,
    t103_known_value.RULE,
    t104_real_date.RULE,
    t105_field_pattern.RULE,
    t106_misspelt_key.RULE,
    t107_date_order.RULE,
    t108_text_limits.RULE,
    t109_field_order.RULE,
    t110_item_lines.RULE,
    t111_trailing_space.RULE,
    t112_moment_form.RULE,
    t113_mail_address.RULE,
    t114_exception.RULE,
    t115_future.RULE,
    t116_draft_number.RULE,
    t117_hash_in_text.RULE,
    t201_one_owner.RULE,
    t202_dangling_link.RULE,
    t203_link_to_itself.RULE,
    t204_circle.RULE,
    t205_open_children.RULE,
    t206_active.RULE,
    t207_onsite.RULE,
    t208_missing_attachment.RULE,
    t209_orphaned_attachment.RULE,
    t210_large_attachment.RULE,
    t211_secret.RULE,
    t212_comment_author.RULE,
    t213_supersedes.RULE,
    t214_one_parent.RULE,
    t301_transition.RULE,
    t302_fixed_field.RULE,
    t303_comment_written_once.RULE,
    t304_ticket_stays.RULE,
    t305_given_number.RULE,
    t306_own_name.RULE,
    t307_settings.RULE,
    t308_granted_exception.RULE,
    t401_reachable_rule.RULE,
    t402_shadowed_rule.RULE,
    t403_team_members.RULE,
    t404_delegate_circle.RULE,
    t405_known_skill.RULE,
    t406_absences_apart.RULE,
    t407_known_holidays.RULE,
    t408_known_template.RULE,
    t409_own_address.RULE,
)


@cache
def by_code() -> dict[str, Rule]:
    """Return each rule by its code."""
    return {rule.code: rule for rule in RULES}


def rule_of(code: str) -> Rule:
    """Return the rule of a finding."""
    return by_code()[rule_code(code)]


@cache
def excusable_codes() -> frozenset[str]:
    """Return the codes of the rules from which a ticket may be excused."""
    return frozenset(rule.code for rule in RULES if rule.excusable)
