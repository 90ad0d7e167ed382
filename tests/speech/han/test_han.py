"""Chinese speech: what names, offices, bodies, interviews and the traditional script ask of the rules."""

import pytest

from summarizer.speech import find


def said(text: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (text[s.start : s.end], s.speaker and s.speaker.name, s.speaker and s.speaker.role) for s in find(text, "zh")
    ]


def speakers(text: str) -> list[tuple[str, str | None, str | None] | None]:
    found = [s.speaker for s in find(text, "zh")]
    return [(s.name, s.role, s.organisation) if s else None for s in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("远洋物流董事长司马光远说，订单增加。", ("司马光远", "董事长", "远洋物流")),
        ("石桥村党支部书记周文斌介绍，销路很好。", ("周文斌", "党支部书记", "石桥村")),
        ("宁波市鼎泰新材技术总监吕大为介绍，产能翻番。", ("吕大为", "技术总监", "宁波市鼎泰新材")),
        ("王海燕（复旦大学教授）表示，消费回暖。", ("王海燕", "教授", "复旦大学")),
        ("野村证券经济学家伊藤健预测，利率会下降。", ("伊藤健", "经济学家", "野村证券")),
        ("大卫·陈，一位研究市场的分析师，说：“变化很快。”", ("大卫·陈", "分析师", None)),
        ("臺中市市長林佳龍說，訂單增加。", ("林佳龍", "市長", "臺中市")),
        ("家住城东的张女士说，路好走了。", ("张女士", None, None)),
        ("公诉机关指控，王某开具假发票。", ("公诉机关", None, None)),
        ("会议指出，外贸是重要支撑。", ("会议", None, None)),
        ("县委副书记、县长周明指出，要抓好落实。", ("周明", "县委副书记、县长", None)),
        ("鼎泰公司海外部经理王丽说，订单增加。", ("王丽", "海外部经理", "鼎泰公司")),
        ("巴西贸易商阿斯兰·别克说，订单增加。", ("阿斯兰·别克", "贸易商", "巴西")),
        ("广东省文化和旅游厅副厅长何丽娜说，客流增长。", ("何丽娜", "副厅长", "广东省文化和旅游厅")),
        ("社科院世界经济与政治研究所副所长张斌认为，增速会回升。", ("张斌", "副所长", "社科院世界经济与政治研究所")),
        ("市交警支队副支队长郑刚提醒，出行要注意安全。", ("郑刚", "副支队长", "市交警支队")),
        ("鲁锦集团总经理任红霞说，订单增加。", ("任红霞", "总经理", "鲁锦集团")),
        ("商场负责人表示，客流回升。", ("商场负责人", "商场负责人", None)),
        ("市民马上表示，愿意参加。", ("市民", "市民", None)),
    ],
)
def test_a_speaker_has_his_own_name_office_and_body(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert speakers(text) == [expected]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("商务部有关负责人表示，政策将落实。该负责人指出，出口在回升。", ["有关负责人", "有关负责人"]),
        ("意大利众议长马尔凯来访。众议长安娜·马尔凯说，合作顺利。马尔凯还指出，贸易在增长。", ["安娜·马尔凯"] * 2),
        ("市长李强会见院长李明。李强主任表示，贸易在增长。", ["李强"]),
        ("会上，市商务局负责人汇报了情况，并表示，将抓好招展工作。", ["负责人"]),
        ("厅长李国强出席活动。记者王明走访了现场。这位厅长表示，将加快建设。", ["李国强"]),
        ("昨天有三百人参会。县长徐振华带队，他在会上说：“欢迎来投资。”", ["徐振华"]),
        ("昨天有三百人参会。县长徐振华说，欢迎投资。他表示，政策会落实。", ["徐振华"] * 2),
        ("州长马丁·施耐德来访。博士施晓琳同行。施耐德表示，将组团访问。", ["马丁·施耐德"]),
        ("公司经理王丽娟接待了他。王丽娟介绍，出口增长。", ["王丽娟"]),
        ("走进博览中心，采购商阿斯兰·别克正在挑选围巾。“货很全。”他说。", ["阿斯兰·别克"]),
        ("王芳感谢接待，表示愿意继续合作。书记王芳是代表团团长。", ["王芳"]),
    ],
)
def test_short_forms_and_left_out_subjects_lead_to_the_speaker(text: str, names: list[str]) -> None:
    assert [s.speaker.name for s in find(text, "zh") if s.speaker] == names


@pytest.mark.parametrize(
    "text",
    [
        "市长王明对来宾表示热烈欢迎。",
        "校方介绍了交流计划，并强调了纪律要求。",
        "市长王明致辞，副市长李强主持会议。",
        "发言人李强拒绝透露更多细节。",
        "听取了市长王明的汇报，代表们参观了园区。",
        "参展企业预计达160余家。",
        "主题：数字赋能\n时间：5月20日\n联系人：张先生",
        "有记者问：对此有何评论？",
        "展会现场，“中国红”成为一大亮点。",
    ],
)
def test_no_speech_in_thanks_acts_labels_and_questions(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("外援彼得罗则用“难以置信的夜晚”来形容这场比赛。", "难以置信的夜晚"),
        ("“孩子们的眼里有光。”5月6日，看着屏幕，校长黄晓琳感慨地说。", "孩子们的眼里有光。"),
        ("这位“90后”书记周文斌信心满满：“要把杨梅酒卖到国外去。”", "要把杨梅酒卖到国外去。"),
        ("队长何磊提醒广大市民，不要将电动车推入楼道。", "不要将电动车推入楼道。"),
        ("居民张大妈告诉笔者，路灯修好了。", "路灯修好了。"),
    ],
)
def test_cues_without_a_plain_verb_of_saying(text: str, expected: str) -> None:
    assert [(words, name is not None) for words, name, _ in said(text)] == [(expected, True)]


@pytest.mark.parametrize("labels", [("记者", "陈思远"), ("问", "答"), ("本报记者", "陈思远")])
def test_an_interview_is_its_answers(labels: tuple[str, str]) -> None:
    question, answer = labels
    text = (
        "同济大学教授陈思远接受了本报专访。\n\n"
        f"{question}：我们怎样看更新？\n\n{answer}：更新不是拆旧建新。要让老房子活起来。\n\n{question}：下一步呢？"
    )
    assert said(text) == [("更新不是拆旧建新。要让老房子活起来。", "陈思远", "教授")]


def test_whoever_was_there_ends_reported_speech() -> None:
    text = "市长王明要求，有关部门要主动上门服务。县领导李刚、孙丽参加调研。"
    assert said(text) == [("有关部门要主动上门服务。", "王明", "市长")]


def test_hopes_of_ones_own_side_belong_to_the_speaker() -> None:
    text = "外交部发言人李丽表示，两国关系良好。中方期待同意方深入交换意见。"
    assert said(text) == [("两国关系良好。中方期待同意方深入交换意见。", "李丽", "发言人")]


def test_a_sentence_after_a_quotation_with_its_cue_tells_something_new() -> None:
    text = "市长王明说：“我们欢迎客人。”总领事马西莫·罗西参观了园区。他表示，园区很美。"
    assert [name for _, name, _ in said(text)] == ["王明", "马西莫·罗西"]
