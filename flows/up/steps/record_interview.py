"""U5 个别谈话: a talk by two members, read back and signed; it may be held as often as needed."""

from flows.interview import Interview


class RecordInterview(Interview):
    """Two members talk to somebody who knows the candidate."""

    no = "U5"
    basis, certainty = "《党政领导干部选拔任用工作条例》2014年第33条", "a"
    document = "U-TALKREC"
