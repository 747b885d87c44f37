// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CommitmentRecord, ICommitmentLog} from "./interfaces/ICommitmentLog.sol";
import {ICommitteeRegistry} from "./interfaces/ICommitteeRegistry.sol";
import {Calendar} from "./libraries/Calendar.sol";
import {CanonicalRecord} from "./libraries/CanonicalRecord.sol";
import {Timestamp} from "./types/Timestamp.sol";

/// @title The log of epoch commitments.
/// @notice Described in ICommitmentLog: what it promises, who may do what, errors, events.
contract CommitmentLog is ICommitmentLog {
    /// @inheritdoc ICommitmentLog
    /// @dev As a number, because the compiler would hash the text anew in each call.
    bytes32 public constant PURPOSE = 0x9f3af8995f83685f6dd0e28c733e3f870967042ab8e2618a2ed79d9154c8c303;

    /// @dev The largest integer that JSON records hold: 2^53 - 1.
    uint64 private constant LAST_ROUND = (1 << 53) - 1;

    /// @inheritdoc ICommitmentLog
    ICommitteeRegistry public immutable committee;

    /// @inheritdoc ICommitmentLog
    uint64 public epochCount;
    /// @dev The end of the last committed epoch; zero: none.
    Timestamp private _lastEnd;
    mapping(uint64 epoch => bytes32) private _commitments;

    constructor(ICommitteeRegistry committee_) {
        committee = committee_;
    }

    /// @inheritdoc ICommitmentLog
    function publish(
        uint64 epoch,
        CommitmentRecord calldata record,
        uint256 bitmap,
        bytes calldata signature
    ) external {
        bytes32 hash = sha256(_encode(record));
        uint64 expected = epochCount;
        if (epoch < expected) {
            bytes32 committed = _commitments[epoch];
            require(hash == committed, EpochAlreadyCommitted(epoch, committed, hash));
            return;
        }
        require(epoch == expected, EpochOutOfOrder(epoch, expected));
        bytes32 previous = epoch == 0 ? bytes32(0) : _commitments[epoch - 1];
        require(
            record.previousCommitmentHash == previous,
            PreviousHashMismatch(record.previousCommitmentHash, previous)
        );
        require(record.endsAt > _lastEnd, EndNotLater(record.endsAt, _lastEnd));
        committee.verifyCertificate(PURPOSE, address(this), hash, epoch, bitmap, signature);

        _commitments[epoch] = hash;
        epochCount = epoch + 1;
        _lastEnd = record.endsAt;
        emit EpochCommitted(epoch, hash, record, bitmap, signature);
    }

    /// @inheritdoc ICommitmentLog
    function canonicalRecord(
        CommitmentRecord calldata record
    ) external pure returns (string memory json, bytes32 hash) {
        bytes memory text = _encode(record);
        return (string(text), sha256(text));
    }

    /// @inheritdoc ICommitmentLog
    function head() external view returns (uint64 epochs, bytes32 commitmentHash, Timestamp endsAt) {
        epochs = epochCount;
        if (epochs != 0) commitmentHash = _commitments[epochs - 1];
        endsAt = _lastEnd;
    }

    /// @inheritdoc ICommitmentLog
    function commitmentOf(uint64 epoch) external view returns (bytes32) {
        return _commitments[epoch];
    }

    function _encode(CommitmentRecord calldata record) private pure returns (bytes memory) {
        uint256 endsAt = Timestamp.unwrap(record.endsAt);
        require(endsAt % 1 minutes == 0, EndNotWholeMinute(record.endsAt));
        require(endsAt <= Calendar.LAST_SECOND, EndOutOfRange(record.endsAt));
        require(record.publicBeaconRound <= LAST_ROUND, RoundOutOfRange(record.publicBeaconRound));
        return CanonicalRecord.encode(record);
    }
}
