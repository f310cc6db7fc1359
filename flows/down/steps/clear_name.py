"""D13 澄清正名: the name is cleared within the circle that knew."""

from flows import fields
from flows.paper import Section, Sheet, lines
from flows.roles import Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class ClearFacts(Facts):
    """What was wrong, who knew, how it is cleared."""

    wrong = fields.long_text("不实或不成立的问题")
    circle = fields.long_text("知情范围", "每行一个单位或人员，包括所有曾被告知、谈话、征求意见的单位和人员。")
    mode = fields.long_text("澄清方式")

    def arrange(self, situation: Situation) -> None:
        """Everybody who was told so far, to be completed."""
        self.fields["circle"].initial = "\n".join(told(situation))


def told(situation: Situation) -> list[str]:
    """Who was told, by the case's own data: the person's unit and every organ asked in any round, answered or not."""
    return list(dict.fromkeys([situation.case.cadre.unit.name, *situation.settled("circle").get("organs", [])]))


class ClearName(Step):
    """The organization department clears the name."""

    name, no, title = "clear_name", "D13", "澄清正名"
    role, deadline, certainty = Role.ORG_LEADER, "DN-END", "a"
    basis = "《政务处分法》第53条（类推）"
    document, document_title, formal = "D-CLEAR", "澄清正名通知书", True
    open_to_subject = True
    shelf = "决定和理由"
    Facts = ClearFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The circle contains, line by line, the person's own unit and every organ that was asked."""
        circle = set(lines(facts["circle"]))
        missing = [name for name in told(situation) if name not in circle]
        if missing:
            raise RuleBroken(f"知情范围漏列：{'、'.join(missing)}。", way_out="补列后再签发。", rule="D13-CIRCLE", field="circle")

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """澄清正名通知书."""
        cadre = situation.case.cadre
        return Sheet(
            to="、".join(dict.fromkeys(lines(facts["circle"]))),
            paragraphs=(f"经核实，反映{cadre.name}（{cadre.post_title}）的下列问题不成立或者不予追究，现予澄清。",),
            sections=(Section("一、有关问题", lines(facts["wrong"])), Section("二、澄清方式", lines(facts["mode"]))),
        )
