// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {CommitmentRecord} from "../interfaces/ICommitmentLog.sol";
import {between} from "../test/Vm.sol";
import {Timestamp} from "../types/Timestamp.sol";
import {Calendar} from "./Calendar.sol";
import {CanonicalRecord} from "./CanonicalRecord.sol";

/// @notice The record's text against the same text put together the plain way.
contract CanonicalRecordTest {
    function test_is_the_plain_text(CommitmentRecord memory record) external view {
        record.publicBeaconRound = uint64(between(record.publicBeaconRound, 0, (1 << 53) - 1));
        record.endsAt = Timestamp.wrap(
            uint64(60 * between(Timestamp.unwrap(record.endsAt), 0, Calendar.LAST_SECOND / 60))
        );
        assert(keccak256(this.encode(record)) == keccak256(_plain(record)));
    }

    function encode(CommitmentRecord calldata record) external pure returns (bytes memory) {
        return CanonicalRecord.encode(record);
    }

    function _plain(CommitmentRecord memory record) private pure returns (bytes memory text) {
        string memory minute = string(abi.encodePacked(Calendar.minuteText(Timestamp.unwrap(record.endsAt))));
        text = abi.encodePacked('{"chamber_nonce":', _digest(record.chamberNonce));
        text = abi.encodePacked(text, ',"commitment_version":"0.3","epoch_id":"', minute, 'Z"');
        text = abi.encodePacked(text, ',"governance_ballot_root":', _digest(record.governanceBallotRoot));
        text = abi.encodePacked(text, ',"mission_event_root":', _digest(record.missionEventRoot));
        text = abi.encodePacked(text, ',"previous_commitment_hash":', _digest(record.previousCommitmentHash));
        text = abi.encodePacked(text, ',"public_beacon_round":', Strings.toString(record.publicBeaconRound));
        text = abi.encodePacked(text, ',"review_decision_root":', _digest(record.reviewDecisionRoot));
        text = abi.encodePacked(text, ',"timestamp_utc":"', minute, ':00Z"');
        text = abi.encodePacked(text, ',"trust_delta_root":', _digest(record.trustDeltaRoot), "}");
    }

    function _digest(bytes32 value) private pure returns (string memory) {
        bytes memory text = bytes(Strings.toHexString(uint256(value), 32));
        bytes memory digits = new bytes(64);
        for (uint256 i = 0; i < 64; ++i) digits[i] = text[2 + i];
        return string.concat('"sha256:', string(digits), '"');
    }
}
