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
                '{"chamber_nonce":"sha256:',
                Hex.upper(record.chamberNonce),
                Hex.lower(record.chamberNonce),
                '","commitment_version":"0.3","epoch_id":"',
                minute,
                'Z","governance_ballot_root":"sha256:',
                Hex.upper(record.governanceBallotRoot),
                Hex.lower(record.governanceBallotRoot),
                _untilRoundRest(record)
            );
    }

    function _untilRoundRest(CommitmentRecord calldata record) private pure returns (bytes memory) {
        return
            bytes.concat(
                '","mission_event_root":"sha256:',
                Hex.upper(record.missionEventRoot),
                Hex.lower(record.missionEventRoot),
                '","previous_commitment_hash":"sha256:',
                Hex.upper(record.previousCommitmentHash),
                Hex.lower(record.previousCommitmentHash)
            );
    }

    function _afterRound(CommitmentRecord calldata record, bytes16 minute) private pure returns (bytes memory) {
        return
            bytes.concat(
                '","public_beacon_round":',
                bytes(Strings.toString(record.publicBeaconRound)),
                ',"review_decision_root":"sha256:',
                Hex.upper(record.reviewDecisionRoot),
                Hex.lower(record.reviewDecisionRoot),
                '","timestamp_utc":"',
                minute,
                ':00Z","trust_delta_root":"sha256:',
                Hex.upper(record.trustDeltaRoot),
                Hex.lower(record.trustDeltaRoot),
                '"}'
            );
    }
}
