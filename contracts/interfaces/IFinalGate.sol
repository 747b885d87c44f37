// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IWalletSignature} from "./IWalletSignature.sol";
import {Decision} from "../types/Decision.sol";
import {Timestamp} from "../types/Timestamp.sol";

/// @notice What a human's wallet signs about a finished mission. In the signed EIP-712 struct `decision` is the string
/// `approve` or `reject` and `deadline` a uint64.
/// @param missionDigest The mission's digest: what was asked, done and reviewed.
/// @param attempt Which attempt at the mission, from 1.
/// @param approver The wallet that signs.
/// @param reasonHash SHA-256 of the stated reason.
/// @param iUnderstandIt The first of three acknowledgements; all are required.
/// @param textHash SHA-256 of the text that was shown.
/// @param attentionHash SHA-256 of the proof of attention; zero until there is one.
/// @param deadline The last second in which the decision may enter the chain.
struct Approval {
    bytes32 missionDigest;
    uint64 attempt;
    address approver;
    Decision decision;
    bytes32 reasonHash;
    bool iUnderstandIt;
    bool iCommitIt;
    bool iAcceptItsConsequences;
    bytes32 textHash;
    bytes32 attentionHash;
    Timestamp deadline;
}

/// @title The final gate: humans' last word on missions, signed with their wallets.
///
/// @notice Decisions are kept per (mission digest, attempt, approver). Whether the approver is an eligible human is the
/// ledger's law to say: it takes the first decision by an eligible human, so nobody else can squat the place.
///
/// A signature is that of an ordinary account (ECDSA, s in the lower half, v 27 or 28), or one that the approver's
/// contract vouches for (ERC-1271). ECDSA is tried first, since accounts under EIP-7702 have both a key and code.
/// Accounts that are not deployed yet (ERC-6492) are refused by name.
///
/// Safety assumes: nobody but the approver commands the approver's wallet. Liveness assumes: anyone relays in time.
///
/// @dev Nobody has any power here but over their own decision, once.
interface IFinalGate is IWalletSignature {
    /// @notice A decision is to approve or to reject.
    error DecisionMissing();

    /// @notice All three acknowledgements are required.
    error AcknowledgementMissing();

    /// @notice The deadline has passed.
    error DeadlinePassed(Timestamp deadline, Timestamp present);

    /// @notice The approver has decided on this attempt already, the same or otherwise.
    error AlreadyDecided(bytes32 missionDigest, uint64 attempt, address approver, Decision decision);

    /// @notice Each item of a batch has one signature.
    error BatchLengthMismatch(uint256 approvals, uint256 signatures);

    /// @notice The rest of the batch cannot be tried with the gas that is left, so that its refusal would be the
    /// relayer's and not its own.
    error BatchGasTooLow(uint256 item, uint256 left, uint256 required);

    /// @notice `approver` has decided. Struct and signature are whole, so that the log alone can be checked.
    /// @param byContract True when the approver's contract vouched for the signature (ERC-1271), false when it is ECDSA.
    event Decided(
        bytes32 indexed missionDigest,
        uint64 indexed attempt,
        address indexed approver,
        Approval approval,
        bytes signature,
        bool byContract
    );

    /// @notice An item of a batch was refused; the others stand.
    /// @param reason The revert data that `decide` gives for it.
    event ItemRefused(uint256 indexed item, bytes32 indexed missionDigest, address indexed approver, bytes reason);

    /// @notice Keeps a human's decision.
    ///
    /// Who: anyone may relay it. When: until its deadline, that second included.
    ///
    /// Reverts with: DecisionMissing, AcknowledgementMissing, DeadlinePassed, AlreadyDecided, and those of
    /// IWalletSignature.
    /// Emits: Decided.
    ///
    /// @dev Warning: the approver's contract runs, read-only, with all the gas that is left.
    function decide(Approval calldata approval, bytes calldata signature) external;

    /// @notice Keeps several decisions. One that would be refused does not sink the others.
    ///
    /// Who: anyone may relay them.
    ///
    /// Reverts with: BatchLengthMismatch, BatchGasTooLow.
    /// Emits: for each item Decided or ItemRefused.
    ///
    /// @dev Each item has ITEM_GAS at most.
    function decideMany(Approval[] calldata approvals, bytes[] calldata signatures) external;

    /// @notice The EIP-712 digest that the approver's wallet signs.
    ///
    /// Reverts with: DecisionMissing.
    function approvalDigest(Approval calldata approval) external view returns (bytes32);

    /// @notice What an approver decided on an attempt; None when nothing.
    function decisionOf(bytes32 missionDigest, uint64 attempt, address approver) external view returns (Decision);

    /// @notice The gas given to each item of a batch.
    function ITEM_GAS() external view returns (uint256);
}
