"""Who acts (roles of desks) and what they do in a case (duties, asked by the separation rules)."""

from enum import StrEnum


class Role(StrEnum):
    """Role of a desk. SUBJECT is the person concerned; CONCERNED anybody with a hand in the case, AUTHOR the desk that issued a paper,
    APPLICANT any cadre who applies.
    """

    CASE_HANDLER = "case_handler"
    ORG_LEADER = "org_leader"
    EXAMINATION_TEAM = "examination_team"
    TOLERANCE_PANEL = "tolerance_panel"
    LEGAL_REVIEWER = "legal_reviewer"
    OPINION_ORGAN = "opinion_organ"
    MEETING_SECRETARY = "meeting_secretary"
    DECISION_BODY = "decision_body"
    APPOINTING_ORGAN = "appointing_organ"
    PLACEMENT_OFFICE = "placement_office"
    ARCHIVIST = "archivist"
    COMPETITION_PANEL = "competition_panel"
    REVIEW_HANDLER = "review_handler"
    APPEAL_OFFICE = "appeal_office"
    APPEAL_COMMITTEE = "appeal_committee"
    APPEAL_ORGAN = "appeal_organ"
    ORIGINAL_ORGAN = "original_organ"
    AUDITOR = "auditor"
    SUBJECT = "subject"
    CONCERNED = "concerned"
    AUTHOR = "author"
    APPLICANT = "applicant"
    ASSESSMENT_OFFICE = "assessment_office"


ROLE_NAMES: dict[str, str] = {
    Role.CASE_HANDLER: "经办人",
    Role.ORG_LEADER: "组织部门负责人",
    Role.EXAMINATION_TEAM: "考察组",
    Role.TOLERANCE_PANEL: "容错认定组",
    Role.LEGAL_REVIEWER: "法律审核人",
    Role.OPINION_ORGAN: "征求意见机关",
    Role.MEETING_SECRETARY: "会议秘书",
    Role.DECISION_BODY: "党委（党组）",
    Role.APPOINTING_ORGAN: "任免机关",
    Role.PLACEMENT_OFFICE: "安置部门",
    Role.ARCHIVIST: "档案管理",
    Role.COMPETITION_PANEL: "竞争上岗评委",
    Role.REVIEW_HANDLER: "复核承办人",
    Role.APPEAL_OFFICE: "申诉受理部门",
    Role.APPEAL_COMMITTEE: "公务员申诉公正委员会",
    Role.APPEAL_ORGAN: "申诉处理机关",
    Role.ORIGINAL_ORGAN: "原处理机关",
    Role.AUDITOR: "审计监督",
    Role.SUBJECT: "本人",
    Role.CONCERNED: "有关人员",
    Role.AUTHOR: "文书制作岗位",
    Role.APPLICANT: "报名人",
    Role.ASSESSMENT_OFFICE: "考核办公室",
}


class Duty(StrEnum):
    """What somebody did in a case."""

    REPORTER = "reporter"
    AUTHOR = "author"
    APPROVER = "approver"
    INVESTIGATOR = "investigator"
    TOLERANCE_PANEL = "tolerance_panel"
    LEGAL_REVIEWER = "legal_reviewer"
    DECISION_MAKER = "decision_maker"
    RECORDER = "recorder"
    PANELIST = "panelist"
    APPLICANT = "applicant"
    REVIEW_HANDLER = "review_handler"
    ADMITTER = "admitter"
    COMMITTEE_MEMBER = "committee_member"
    APPEAL_DECIDER = "appeal_decider"
