"""The demo's indicators and lists: invented examples, marked so; no text of a real office is repeated here."""

INDICATORS = (
    ("B01", "政治素质", "MORALS", "BASIC", "QUALITATIVE", "看是否坚决落实上级部署、按规定请示报告。", "平时了解、专项考核"),
    ("B02", "制度执行", "DILIGENCE", "BASIC", "QUALITATIVE", "看是否按制度和程序办事，决策是否留有记录。", "督查通报、内部审计"),
    ("B03", "廉洁履职", "INTEGRITY", "BASIC", "QUALITATIVE", "看履行职责中是否守纪律、守规矩。", "纪检监察机关书面答复"),
    ("Q01", "重点任务推进", "RESULTS", "REGIONAL", "QUALITATIVE", "看承担的年度重点任务推进质量。", "任务台账"),
    ("Q02", "重点任务完成率", "RESULTS", "REGIONAL", "QUANTITATIVE", "按期完成件数除以应完成件数。", "任务台账"),
    ("Q03", "生态环境任务", "RESULTS", "REGIONAL", "QUANTITATIVE", "按年度任务书逐项得分。", "主管部门考核结果"),
    ("G01", "岗位履职能力", "ABILITY", "POST", "QUALITATIVE", "看分析问题、解决问题和带队伍的能力。", "平时了解"),
    ("G02", "担当作为", "DILIGENCE", "POST", "QUALITATIVE", "看急难任务面前是否主动、是否敢于负责。", "任务台账、平时了解"),
    ("M01", "服务满意度", "SATISFACTION", "POST", "QUALITATIVE", "办事群众和服务对象对办理过程和结果的评价。", "测评、随时评"),
)
NOT_ACTING = (
    ("对上级明确的任务拖延不办，又不报告原因", "S03"), ("遇到矛盾绕道走，把职责内的事推给下级或者别的单位", "S03"),
    ("对群众合理诉求推诿扯皮，久拖不决", "S07"), ("工作满足于开会发文，不检查落实", "S10"), ("布置任务不看实际，层层加码", "S10"),
    ("搞没有实效的形象工程", "S04"), ("报送数据弄虚作假", "S04"), ("重大事项不经集体研究个人决定", "S09"),
    ("分管工作长期落后，没有改进措施", "S08"), ("任务出现较大失误，不分析、不补救", "S08"), ("不按规定请示报告", "S06"),
    ("精神状态不振，工作敷衍塞责", "S07"),
)  # fmt: skip
LISTS = (
    ("GROUNDS", "不担当不作为表现清单（示例，12条）", tuple((text, situation, False) for text, situation in NOT_ACTING)),
    (
        "NEGATIVE", "政绩观负面清单（示例）",
        (("虚报、瞒报关键数据，经查实", "S04", True), ("违规举债上项目，经查实", "S09", True), ("打击报复提意见的人，经查实", "S11", True)),
    ),
    (
        "POSITIVE", "政绩观正面清单（示例）",
        (("解决了长期没有解决的历史遗留问题", "", False), ("在急难险重任务中主动承担责任", "", False), ("工作方法被上级推广", "", False)),
    ),
)  # fmt: skip
