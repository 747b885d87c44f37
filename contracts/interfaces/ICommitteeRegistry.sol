// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICertificateRefusal} from "./ICertificateRefusal.sol";
import {Timestamp} from "../types/Timestamp.sol";

/// @title The committee: fifteen named members, their BLS12-381 keys, and the check of what at least ten of them signed.
///
/// @notice Each member holds one key at a time and registers, rotates and revokes it alone. A certificate is one
/// aggregated signature and the set of members who made it: everyone can see who signed.
///
/// Public keys are points of G2, signatures points of G1, both in the uncompressed EIP-2537 encoding (64 bytes for each
/// coordinate, 256 and 128 bytes in all). Messages are hashed to G1 as in RFC 9380 (`BLS12381G1_XMD:SHA-256_SSWU_RO_`).
///
/// Safety assumes:
/// - fewer than `threshold` members are dishonest or have lost their key;
/// - a member who registers the key `sk` does not collude with one who registers `-sk`: two such keys cancel out, so a
///   set bit means "this member signed" only up to collusion among the listed members. An honest member cannot be made
///   to appear as a signer in a certificate whose other signers did not collude.
/// Liveness assumes:
/// - at least `threshold` members hold a key that is neither expired nor revoked.
///
/// @dev Nobody has power over a member's key but that member. The members are fixed at deployment: another committee is
/// another registry.
interface ICommitteeRegistry is ICertificateRefusal {
    /// @notice The caller is not one of the members.
    error NotAMember(address caller);

    /// @notice A member is the zero address.
    error MemberMissing(uint256 member);

    /// @notice A member is listed twice.
    error MemberListedTwice(address member);

    /// @notice The threshold is not between two thirds of the members, rounded up, and all of them.
    error ThresholdOutOfRange(uint256 given, uint256 least, uint256 most);

    /// @notice A key must be valid for some time, and for at most `latest`.
    error NotAfterOutOfRange(Timestamp given, Timestamp present, Timestamp latest);

    /// @notice The neutral element is no key.
    error KeyIsNeutral();

    /// @notice A key serves once, for one member: using it again would extend its life past the limit.
    error KeyUsedBefore(bytes32 keyHash);

    /// @notice The proof of possession was not made with this key, or not for this member, registry and chain.
    error PossessionInvalid();

    /// @notice The member has no key, or has revoked it already.
    error NoKeyToRevoke(uint256 member);

    /// @notice `member` has the key from this block on, up to and including `notAfter`. The key it had before is retired.
    event KeyRegistered(uint256 indexed member, bytes32 indexed keyHash, bytes key, Timestamp notAfter);

    /// @notice From this block on the key signs nothing.
    event KeyRevoked(uint256 indexed member, bytes32 indexed keyHash, bytes key);

    /// @notice Registers the caller's key; a key it had before is retired at once.
    ///
    /// Who: a member, for itself. When: at any time.
    ///
    /// Reverts with: NotAMember, PointLength, NotAfterOutOfRange, KeyUsedBefore, KeyIsNeutral, PointMalformed,
    /// PossessionInvalid.
    /// Emits: KeyRegistered.
    ///
    /// @dev Warning: a key cannot be registered a second time, not even by the member who retired it.
    /// @param key The public key, a point of G2 (256 bytes).
    /// @param possession The key's signature over `possessionDigest`, a point of G1 (128 bytes), hashed with the tag
    /// `BLS_POP_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_`.
    /// @param notAfter The last second in which the key counts.
    function registerKey(bytes calldata key, bytes calldata possession, Timestamp notAfter) external;

    /// @notice Revokes the caller's key: compromised, or no longer wanted.
    ///
    /// Who: a member, for itself. When: at any time.
    ///
    /// Reverts with: NotAMember, NoKeyToRevoke.
    /// Emits: KeyRevoked.
    function revokeKey() external;

    /// @notice Returns if and only if the members of `bitmap`, at least `threshold` of them and each with a valid key,
    /// signed this subject for this consumer. Otherwise it reverts.
    ///
    /// Reverts with: PointLength, BitOutOfRange, SignersBelowThreshold, KeyAbsent, KeyRevokedBefore, KeyExpired,
    /// PointMalformed, CertificateInvalid.
    ///
    /// @dev A malformed point costs at most 250,000 gas. With too little gas the call reverts; it never returns.
    /// @param purpose SHA-256 of the purpose's name, for example `epoch-commitment`.
    /// @param consumer The contract that acts upon the certificate.
    /// @param subject What is certified.
    /// @param sequence Its number in the consumer's order.
    /// @param bitmap Bit i is set when member i signed.
    /// @param signature The sum of the signers' signatures, a point of G1 (128 bytes).
    function verifyCertificate(
        bytes32 purpose,
        address consumer,
        bytes32 subject,
        uint256 sequence,
        uint256 bitmap,
        bytes calldata signature
    ) external view;

    /// @notice The 32 bytes that members sign for a certificate:
    /// SHA-256(SHA-256("genesis.certificate.v1") ‖ purpose ‖ chain id ‖ consumer ‖ committee id ‖ subject ‖ sequence),
    /// each in 32 bytes.
    function certificateDigest(
        bytes32 purpose,
        address consumer,
        bytes32 subject,
        uint256 sequence
    ) external view returns (bytes32);

    /// @notice The 32 bytes that a member signs with a new key:
    /// SHA-256(SHA-256("genesis.possession.v1") ‖ chain id ‖ this registry ‖ member ‖ key), the key in 256 bytes, the
    /// others in 32 bytes each.
    function possessionDigest(address member, bytes calldata key) external view returns (bytes32);

    /// @notice SHA-256(abi.encode(chain id, this registry, the fifteen members)): names this committee on this chain.
    function committeeId() external view returns (bytes32);

    /// @notice How many signers a certificate needs.
    function threshold() external view returns (uint256);

    /// @notice How long a key may count, in days.
    function maxKeyDays() external view returns (uint16);

    /// @notice The members, in the order of the bitmap's bits.
    function members() external view returns (address[15] memory);

    /// @notice A member's latest key and its fate. An absent key has length 0 and `notAfter` 0.
    function keyOf(uint256 member) external view returns (bytes memory key, Timestamp notAfter, bool revoked);

    /// @notice The members whose key counts in this block, as a bitmap.
    function validKeys() external view returns (uint256 bitmap);
}
