// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICertificateRefusal} from "./ICertificateRefusal.sol";
import {ICommitteeRegistry} from "./ICommitteeRegistry.sol";
import {Timestamp} from "../types/Timestamp.sol";

/// @notice The commitment record of an epoch. `commitment_version` is "0.3"; `epoch_id` and `timestamp_utc` both name
/// `endsAt`: the other eight fields and that moment are the record's ten fields.
/// @param previousCommitmentHash The hash of the record before; zero for the first.
/// @param missionEventRoot RFC 6962 root over the epoch's mission events; likewise the next three.
/// @param publicBeaconRound The last beacon round at or before the epoch's end, at most 2^53 - 1.
/// @param chamberNonce Root over the draw nonces opened in the epoch.
/// @param endsAt The epoch's end: a whole minute, before the year 10000.
struct CommitmentRecord {
    bytes32 previousCommitmentHash;
    bytes32 missionEventRoot;
    bytes32 trustDeltaRoot;
    bytes32 governanceBallotRoot;
    bytes32 reviewDecisionRoot;
    uint64 publicBeaconRound;
    bytes32 chamberNonce;
    Timestamp endsAt;
}

/// @title The log of epoch commitments: one hash per epoch, in order, each certified by the committee.
///
/// @notice The contract writes the canonical JSON of the record itself and hashes it, so what is on chain is the
/// commitment to exactly these fields, not to bytes that somebody claimed to be them.
///
/// Safety assumes: fewer than the threshold of the committee's members are dishonest.
/// Liveness assumes: that many members hold valid keys, and anyone relays.
///
/// @dev Nobody has any power here: whoever holds a certificate may publish, and no commitment is ever changed.
interface ICommitmentLog is ICertificateRefusal {
    /// @notice The epoch is not the next one.
    error EpochOutOfOrder(uint64 given, uint64 expected);

    /// @notice The epoch is known, with another commitment.
    error EpochAlreadyCommitted(uint64 epoch, bytes32 committed, bytes32 given);

    /// @notice The record names another predecessor than the log's head.
    error PreviousHashMismatch(bytes32 given, bytes32 expected);

    /// @notice An epoch ends after the one before.
    error EndNotLater(Timestamp given, Timestamp previous);

    /// @notice Records name whole minutes.
    error EndNotWholeMinute(Timestamp given);

    /// @notice Records name four-digit years.
    error EndOutOfRange(Timestamp given);

    /// @notice Records hold integers up to 2^53 - 1.
    error RoundOutOfRange(uint64 given);

    /// @notice The epoch's commitment is on chain, certified by the members of `bitmap`. The whole certificate is in the
    /// event, so that whoever verifies needs logs only.
    event EpochCommitted(
        uint64 indexed epoch,
        bytes32 indexed commitmentHash,
        CommitmentRecord record,
        uint256 bitmap,
        bytes signature
    );

    /// @notice Publishes the commitment of the next epoch. The same record for an epoch that is known changes nothing,
    /// costs little and emits nothing.
    ///
    /// Who: anyone. When: at any time.
    ///
    /// Reverts with: EndNotWholeMinute, EndOutOfRange, RoundOutOfRange, EpochAlreadyCommitted, EpochOutOfOrder,
    /// PreviousHashMismatch, EndNotLater, and those of ICertificateRefusal.
    /// Emits: EpochCommitted, unless the epoch was known.
    ///
    /// @dev Warning: for an epoch that is known the certificate is not looked at.
    /// @param epoch The epoch's number, from 0.
    /// @param record The record's fields.
    /// @param bitmap The members who signed.
    /// @param signature Their aggregated signature over the certificate with purpose `epoch-commitment`, this contract,
    /// the commitment hash and the epoch's number.
    function publish(uint64 epoch, CommitmentRecord calldata record, uint256 bitmap, bytes calldata signature) external;

    /// @notice The canonical JSON of a record, and its SHA-256: the commitment hash.
    ///
    /// Reverts with: EndNotWholeMinute, EndOutOfRange, RoundOutOfRange.
    function canonicalRecord(CommitmentRecord calldata record) external pure returns (string memory json, bytes32 hash);

    /// @notice The latest commitment: how many epochs are committed, its hash and its end. All zero when there is none.
    function head() external view returns (uint64 epochs, bytes32 commitmentHash, Timestamp endsAt);

    /// @notice How many epochs are committed; also the number of the next one.
    function epochCount() external view returns (uint64);

    /// @notice An epoch's commitment hash; zero when it is not committed.
    function commitmentOf(uint64 epoch) external view returns (bytes32);

    /// @notice The committee whose certificates count here.
    function committee() external view returns (ICommitteeRegistry);

    /// @notice SHA-256("epoch-commitment").
    function PURPOSE() external view returns (bytes32);
}
