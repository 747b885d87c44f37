// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {CommitmentRecord} from "../interfaces/ICommitmentLog.sol";
import {Timestamp} from "../types/Timestamp.sol";
import {Calendar} from "./Calendar.sol";
import {Hex} from "./Hex.sol";

/// @title The canonical JSON (RFC 8785) of a commitment record: keys in order, no spaces.
///
///     {"chamber_nonce":"sha256:…","commitment_version":"0.3","epoch_id":"2026-02-13T01:00Z",
///      "governance_ballot_root":"sha256:…","mission_event_root":"sha256:…","previous_commitment_hash":"sha256:…",
///      "public_beacon_round":48201538,"review_decision_root":"sha256:…","timestamp_utc":"2026-02-13T01:00:00Z",
///      "trust_delta_root":"sha256:…"}
library CanonicalRecord {
    /// @notice The record's text. `endsAt` is a whole minute up to Calendar.LAST_SECOND, the round at most 2^53 - 1:
    /// the caller has looked.
    function encode(CommitmentRecord calldata record) internal pure returns (bytes memory) {
        bytes16 minute = Calendar.minuteText(Timestamp.unwrap(record.endsAt));
        // In two halves, because so many parts at once do not fit the stack.
        return bytes.concat(_untilRound(record, minute), _afterRound(record, minute));
    }

    function _untilRound(CommitmentRecord calldata record, bytes16 minute) private pure returns (bytes memory) {
        return
            bytes.concat(
                _member('{"chamber_nonce":"sha256:', record.chamberNonce),
                '","commitment_version":"0.3","epoch_id":"',
                minute,
                _member('Z","governance_ballot_root":"sha256:', record.governanceBallotRoot),
                _member('","mission_event_root":"sha256:', record.missionEventRoot),
                _member('","previous_commitment_hash":"sha256:', record.previousCommitmentHash)
            );
    }

    function _afterRound(CommitmentRecord calldata record, bytes16 minute) private pure returns (bytes memory) {
        return
            bytes.concat(
                '","public_beacon_round":',
                bytes(Strings.toString(record.publicBeaconRound)),
                _member(',"review_decision_root":"sha256:', record.reviewDecisionRoot),
                '","timestamp_utc":"',
                minute,
                _member(':00Z","trust_delta_root":"sha256:', record.trustDeltaRoot),
                '"}'
            );
    }

    function _member(bytes memory before, bytes32 value) private pure returns (bytes memory) {
        (bytes32 first, bytes32 second) = Hex.encode32(value);
        return bytes.concat(before, first, second);
    }
}
