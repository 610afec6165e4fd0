//! What happens: votes, owned by units. That somebody has voted is on record, never how.

gongjian_kernel::events! { EVENTS on "ballot" art 11:
    BALLOT_DRAFTED = "ballot.drafted" "表决已拟定" "a ballot was drafted";
    BALLOT_EDITED = "ballot.edited" "表决已修改" "a draft of a ballot was changed";
    BALLOT_OPENED = "ballot.opened" "表决已开始" "a ballot was opened";
    BALLOT_VOTE_CAST = "ballot.vote_cast" "已投票" "an elector voted";
    BALLOT_CLOSED = "ballot.closed" "表决已结束" "a ballot was closed and counted";
    BALLOT_VOIDED = "ballot.voided" "表决已作废" "a ballot was voided";
    BALLOT_RUN_OFF_CALLED = "ballot.run_off_called" "已提请再次投票" "a run-off was called";
}
