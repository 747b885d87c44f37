// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Approval, IFinalGate} from "./interfaces/IFinalGate.sol";
import {ApprovalHash} from "./libraries/ApprovalHash.sol";
import {WalletSignature} from "./libraries/WalletSignature.sol";
import {Decision} from "./types/Decision.sol";
import {blockTime} from "./types/Timestamp.sol";

/// @title Humans' last word on missions.
/// @notice Described in IFinalGate: what it promises, who may do what, errors, events.
contract FinalGate is IFinalGate, EIP712("Genesis Final Gate", "1") {
    /// @inheritdoc IFinalGate
    uint256 public constant ITEM_GAS = 1_000_000;

    mapping(bytes32 missionDigest => mapping(uint64 attempt => mapping(address approver => Decision)))
        private _decisions;

    /// @inheritdoc IFinalGate
    function decide(Approval calldata approval, bytes calldata signature) external {
        bytes32 digest = approvalDigest(approval);
        require(
            approval.iUnderstandIt && approval.iCommitIt && approval.iAcceptItsConsequences,
            AcknowledgementMissing()
        );
        require(!(blockTime() > approval.deadline), DeadlinePassed(approval.deadline, blockTime()));
        Decision before = _decisions[approval.missionDigest][approval.attempt][approval.approver];
        require(
            before == Decision.None,
            AlreadyDecided(approval.missionDigest, approval.attempt, approval.approver, before)
        );
        bool byContract = WalletSignature.requireSigned(approval.approver, digest, signature);

        _decisions[approval.missionDigest][approval.attempt][approval.approver] = approval.decision;
        emit Decided(approval.missionDigest, approval.attempt, approval.approver, approval, signature, byContract);
    }

    /// @inheritdoc IFinalGate
    function decideMany(Approval[] calldata approvals, bytes[] calldata signatures) external {
        require(approvals.length == signatures.length, BatchLengthMismatch(approvals.length, signatures.length));
        for (uint256 item = 0; item < approvals.length; ++item) {
            // A call forwards 63 of 64 parts of the gas at most.
            uint256 required = (ITEM_GAS * 64) / 63 + 10_000;
            require(gasleft() >= required, BatchGasTooLow(item, gasleft(), required));
            // In a call of its own, so that neither its refusal nor the approver's contract can sink the others.
            try this.decide{gas: ITEM_GAS}(approvals[item], signatures[item]) {} catch (bytes memory reason) {
                emit ItemRefused(item, approvals[item].missionDigest, approvals[item].approver, reason);
            }
        }
    }

    /// @inheritdoc IFinalGate
    function approvalDigest(Approval calldata approval) public view returns (bytes32) {
        require(approval.decision != Decision.None, DecisionMissing());
        return _hashTypedDataV4(ApprovalHash.hash(approval));
    }

    /// @inheritdoc IFinalGate
    function decisionOf(bytes32 missionDigest, uint64 attempt, address approver) external view returns (Decision) {
        return _decisions[missionDigest][attempt][approver];
    }
}
