// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CommitmentLog} from "./CommitmentLog.sol";
import {CommitmentRecord} from "./interfaces/ICommitmentLog.sol";
import {ICommitteeRegistry} from "./interfaces/ICommitteeRegistry.sol";
import {TrustingCommittee} from "./test/TrustingCommittee.sol";
import {Timestamp} from "./types/Timestamp.sol";

/// @notice Drives the log with good and bad publications, and knows what should have come of them.
contract CommitmentLogDriver {
    CommitmentLog public immutable log = new CommitmentLog(ICommitteeRegistry(address(new TrustingCommittee())));

    bytes32[] public hashes;
    uint64[] public ends;

    /// @notice Publishes the right record, or one with a single fault that must be refused.
    function publish(uint256 fault, uint64 step, bytes32 root) external {
        uint64 epoch = uint64(hashes.length);
        uint64 last = epoch == 0 ? 0 : ends[epoch - 1];
        CommitmentRecord memory record = CommitmentRecord({
            previousCommitmentHash: epoch == 0 ? bytes32(0) : hashes[epoch - 1],
            missionEventRoot: root,
            trustDeltaRoot: ~root,
            governanceBallotRoot: root,
            reviewDecisionRoot: root,
            publicBeaconRound: step % (1 << 53),
            chamberNonce: root,
            endsAt: Timestamp.wrap(last + 60 * (1 + (step % 100_000)))
        });
        uint256 bitmap = 0x3ff;
        fault %= 8;
        if (fault == 1) record.endsAt = Timestamp.wrap(last);
        if (fault == 2) record.endsAt = Timestamp.wrap(Timestamp.unwrap(record.endsAt) + 1 + (step % 59));
        if (fault == 3) record.previousCommitmentHash = ~record.previousCommitmentHash;
        if (fault == 4) record.publicBeaconRound = uint64((1 << 53) + (step % 1000));
        if (fault == 5) epoch += 1 + (step % 5);
        if (fault == 6) bitmap = 0;
        if (fault == 7 && epoch > 0) {
            // A known epoch with another record: its end lies after the epoch's.
            epoch = uint64(step % epoch);
        }
        bool good = fault == 0 || (fault == 7 && hashes.length == 0);
        try log.publish(epoch, record, bitmap, "") {
            assert(good);
            (, bytes32 hash) = log.canonicalRecord(record);
            hashes.push(hash);
            ends.push(Timestamp.unwrap(record.endsAt));
        } catch {
            assert(!good);
        }
    }

    function count() external view returns (uint256) {
        return hashes.length;
    }
}

/// @notice Whatever is sent in whatever order, the log holds exactly the right records.
contract CommitmentLogTest {
    CommitmentLogDriver private _driver;

    function setUp() external {
        _driver = new CommitmentLogDriver();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_driver);
    }

    /// hardhat-config: invariant.runs = 32
    /// hardhat-config: invariant.depth = 48
    function invariant_the_log_is_the_chain_of_the_right_records() external view {
        CommitmentLog log = _driver.log();
        uint256 count = _driver.count();
        assert(log.epochCount() == count);
        (uint64 epochs, bytes32 hash, Timestamp endsAt) = log.head();
        assert(epochs == count);
        for (uint256 epoch = 0; epoch < count; ++epoch) {
            assert(log.commitmentOf(uint64(epoch)) == _driver.hashes(epoch));
        }
        assert(log.commitmentOf(uint64(count)) == 0);
        if (count == 0) return;
        assert(hash == _driver.hashes(count - 1));
        assert(Timestamp.unwrap(endsAt) == _driver.ends(count - 1));
    }

    function test_any_order_of_good_and_bad_publications(bytes32 seed) external {
        for (uint256 step = 0; step < 24; ++step) {
            seed = keccak256(abi.encode(seed));
            _driver.publish(uint8(seed[0]), uint64(bytes8(seed << 64)), seed);
        }
        this.invariant_the_log_is_the_chain_of_the_right_records();
    }
}
