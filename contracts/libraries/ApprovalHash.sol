// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Approval} from "../interfaces/IFinalGate.sol";
import {Decision} from "../types/Decision.sol";

/// @title EIP-712's hash of an approval.
library ApprovalHash {
    bytes32 internal constant TYPE_HASH = keccak256(
        "Approval(bytes32 missionDigest,uint64 attempt,address approver,string decision,bytes32 reasonHash,"
        "bool iUnderstandIt,bool iCommitIt,bool iAcceptItsConsequences,bytes32 textHash,bytes32 attentionHash,"
        "uint64 deadline)"
    );

    bytes32 private constant APPROVE = keccak256("approve");
    bytes32 private constant REJECT = keccak256("reject");

    /// @notice hashStruct of an approval whose decision is Approve or Reject.
    function hash(Approval calldata approval) internal pure returns (bytes32) {
        // In two halves, because so many words at once do not fit the stack.
        return
            keccak256(
                bytes.concat(
                    abi.encode(
                        TYPE_HASH,
                        approval.missionDigest,
                        approval.attempt,
                        approval.approver,
                        approval.decision == Decision.Approve ? APPROVE : REJECT,
                        approval.reasonHash
                    ),
                    abi.encode(
                        approval.iUnderstandIt,
                        approval.iCommitIt,
                        approval.iAcceptItsConsequences,
                        approval.textHash,
                        approval.attentionHash,
                        approval.deadline
                    )
                )
            );
    }
}
