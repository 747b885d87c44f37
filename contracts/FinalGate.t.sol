// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FinalGate} from "./FinalGate.sol";
import {Approval, IFinalGate} from "./interfaces/IFinalGate.sol";
import {IWalletSignature} from "./interfaces/IWalletSignature.sol";
import {between, vm} from "./test/Vm.sol";
import {Decision} from "./types/Decision.sol";
import {Timestamp} from "./types/Timestamp.sol";

/// @notice Any approval by any key.
contract FinalGateTest {
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    uint256 private constant START = 1_770_940_800;

    /// @dev What of an approval may be anything.
    struct Given {
        bytes32 missionDigest;
        uint64 attempt;
        bool rejects;
        bytes32 reasonHash;
        bytes32 textHash;
        bytes32 attentionHash;
        uint64 deadline;
        uint256 key;
    }

    FinalGate private _gate;

    function setUp() external {
        vm.warp(START);
        _gate = new FinalGate();
    }

    function test_what_the_wallet_signed_is_kept_once(Given memory given) external {
        (Approval memory approval, uint256 key) = _prepare(given);
        bytes memory signature = _sign(approval, key);
        _gate.decide(approval, signature);
        assert(_gate.decisionOf(approval.missionDigest, approval.attempt, approval.approver) == approval.decision);

        Decision kept = approval.decision;
        if (approval.attempt % 2 == 0)
            approval.decision = kept == Decision.Approve ? Decision.Reject : Decision.Approve;
        signature = _sign(approval, key);
        vm.expectRevert(
            abi.encodeWithSelector(
                IFinalGate.AlreadyDecided.selector,
                approval.missionDigest,
                approval.attempt,
                approval.approver,
                kept
            )
        );
        _gate.decide(approval, signature);
    }

    function test_nobody_decides_for_another(Given memory given, uint256 other) external {
        (Approval memory approval, uint256 key) = _prepare(given);
        other = between(other, 1, CURVE_ORDER - 1);
        if (other == key) return;
        _refuses(approval, _sign(approval, other));
    }

    function test_every_field_is_signed(Given memory given, uint256 field, uint64 change) external {
        (Approval memory approval, uint256 key) = _prepare(given);
        if (change == 0) change = 1;
        bytes memory signature = _sign(approval, key);
        field %= 6;
        if (field == 0) approval.missionDigest ^= bytes32(uint256(change));
        if (field == 1) approval.attempt ^= change;
        if (field == 2) approval.reasonHash ^= bytes32(uint256(change));
        if (field == 3) approval.textHash ^= bytes32(uint256(change));
        if (field == 4) approval.attentionHash ^= bytes32(uint256(change));
        if (field == 5) {
            approval.decision = approval.decision == Decision.Approve ? Decision.Reject : Decision.Approve;
        }
        _refuses(approval, signature);
    }

    function test_the_mirrored_signature_is_refused(Given memory given) external {
        (Approval memory approval, uint256 key) = _prepare(given);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, _gate.approvalDigest(approval));
        _refuses(approval, abi.encodePacked(r, bytes32(CURVE_ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27)));
    }

    function test_a_deadline_is_its_last_second(Given memory given, uint64 late) external {
        (Approval memory approval, uint256 key) = _prepare(given);
        uint256 deadline = Timestamp.unwrap(approval.deadline);
        bytes memory signature = _sign(approval, key);
        vm.warp(deadline + between(late, 1, 1000 days));
        vm.expectRevert(
            abi.encodeWithSelector(IFinalGate.DeadlinePassed.selector, approval.deadline, uint64(block.timestamp))
        );
        _gate.decide(approval, signature);
        vm.warp(deadline);
        _gate.decide(approval, signature);
    }

    function test_a_batch_keeps_what_is_good_and_only_that(uint8 goodOnes, uint8 size) external {
        uint256 count = size % 9;
        Approval[] memory approvals = new Approval[](count);
        bytes[] memory signatures = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            Given memory given;
            (given.attempt, given.key) = (uint64(i), 1000 + i);
            uint256 key;
            (approvals[i], key) = _prepare(given);
            signatures[i] = _sign(approvals[i], (goodOnes >> i) & 1 == 1 ? key : 77);
        }
        _gate.decideMany(approvals, signatures);
        for (uint256 i = 0; i < count; ++i) {
            Decision kept = _gate.decisionOf(approvals[i].missionDigest, approvals[i].attempt, approvals[i].approver);
            assert(kept == ((goodOnes >> i) & 1 == 1 ? approvals[i].decision : Decision.None));
        }
    }

    /// @dev An approval that the gate takes when `key` signs it.
    function _prepare(Given memory given) private pure returns (Approval memory approval, uint256 key) {
        key = between(given.key, 1, CURVE_ORDER - 1);
        approval = Approval({
            missionDigest: given.missionDigest,
            attempt: given.attempt,
            approver: vm.addr(key),
            decision: given.rejects ? Decision.Reject : Decision.Approve,
            reasonHash: given.reasonHash,
            iUnderstandIt: true,
            iCommitIt: true,
            iAcceptItsConsequences: true,
            textHash: given.textHash,
            attentionHash: given.attentionHash,
            deadline: Timestamp.wrap(uint64(between(given.deadline, START, START + 10_000 days)))
        });
    }

    function _sign(Approval memory approval, uint256 key) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, _gate.approvalDigest(approval));
        return abi.encodePacked(r, s, v);
    }

    function _refuses(Approval memory approval, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IWalletSignature.WalletSignatureInvalid.selector, approval.approver));
        _gate.decide(approval, signature);
    }
}
