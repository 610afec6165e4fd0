//! What is refused: votes, owned by units.

gongjian_kernel::faults! { FAULTS:
    BALLOT_NOT_FOUND = NotFound "ballot_not_found": "没有该表决", "No such ballot";
        "核对表决标识后重试。", "Check the id of the ballot.";
    BALLOT_NOT_OPEN = Conflict "ballot_state" art 11: "表决当前状态不允许此操作", "Not open in the present status of the ballot";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    BALLOT_ITEM_TAKEN = Conflict "ballot_item_taken" art 11: "该议题已有表决", "There is a ballot on this item already";
        "查看该议题的表决；作废或因不足法定人数无效后可重新表决。", "Look at the one there is; once voided, or void for want of a quorum, there may be another.";
    BALLOT_WRONG_BODY = Conflict "ballot_wrong_body" art 11: "该事项不由本机构决定", "This body does not decide the matter";
        "提交章程规定的机构表决。", "Bring it before the body that the charter gives it to.";
    BALLOT_WITHOUT_MATTER = Conflict "ballot_without_matter" art 11: "该议题没有决定事项", "The item decides nothing";
        "先为议题指明决定事项。", "Say first what the item decides.";
    BALLOT_NO_MEETING = Conflict "ballot_no_meeting" art 11: "会议不在进行中", "The meeting is not open";
        "会议开始后再表决。", "Vote while the meeting is open.";
    BALLOT_NO_QUORUM = Conflict "ballot_no_quorum" art 11: "到会不足法定人数", "There is no quorum";
        "达到法定人数后再开始表决。", "Open the ballot when enough are present.";
    BALLOT_TOO_FEW_FOR_SECRECY = Conflict "ballot_too_few_for_secrecy" art 11: "到会人数过少，无记名表决不能保密", "Too few are present for a secret ballot";
        "改为记名表决，或待更多单位到会。", "Vote openly, or wait until more are present.";
    BALLOT_CANDIDATES_WANTED = Conflict "ballot_candidates_wanted" art 12: "候选人少于应选名额", "Fewer candidates than seats";
        "补充候选人，或减少名额。", "Add candidates or fill fewer seats.";
    BALLOT_WITHOUT_CONSENT = Conflict "ballot_without_consent" art 12: "候选人尚未同意", "A candidate has not consented";
        "登记候选人的同意后再开始。", "Put the candidate's consent on record first.";
    BALLOT_NOT_ON_ROLL = Denied "ballot_not_on_roll" art 11: "不在本次表决名册上", "Not on the roll of this ballot";
        "由名册上的单位或人员投票。", "Those on the roll vote.";
    BALLOT_NOT_PRESENT = Conflict "ballot_not_present" art 11: "表决开始时或现在未到会", "Not present when the ballot opened, or not now";
        "到会的单位或人员方可投票。", "Those who are present vote.";
    BALLOT_NOT_SPEAKER = Denied "ballot_not_speaker" art 25: "现不代表该单位或席位投票", "Not the one who votes for it now";
        "由现任固定代表、负责人或书面受托人投票；联络人不投票。", "Its representative, its head or whoever has a written mandate votes now; the liaison does not.";
    BALLOT_LEFT = Conflict "ballot_unit_left" art 9: "该单位已不在会", "The unit has left the association";
        "退会后不再参加表决。", "Whoever has left votes no more.";
    BALLOT_VOTED_ALREADY = Conflict "ballot_voted_already" art 11: "已经投过票", "This vote has been cast already";
        "一个单位一票，投出后不能更改。", "One unit, one vote; it cannot be changed.";
    BALLOT_NO_RUN_OFF = Conflict "ballot_no_run_off" art 12: "无需再次投票", "There is nothing to run off";
        "查看选举结果。", "Look at the result of the election.";
}
