"""D3 个别谈话: a talk by two members, read back and signed."""

from flows.interview import Interview


class RecordInterview(Interview):
    """Two members talk to somebody who knows."""

    no = "D3"
    basis, certainty = "《党政领导干部选拔任用工作条例》（两人以上考察）", "a"
    document = "D-TALK"
