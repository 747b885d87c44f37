// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICommitteeRegistry} from "./interfaces/ICommitteeRegistry.sol";
import {Bls12381} from "./libraries/Bls12381.sol";
import {CommitteeKeys} from "./libraries/CommitteeKeys.sol";
import {KeyWindows} from "./libraries/KeyWindows.sol";
import {Timestamp, blockTime} from "./types/Timestamp.sol";

/// @title The committee: its keys and the check of its certificates.
/// @notice Described in ICommitteeRegistry: what it promises, who may do what, errors, events.
contract CommitteeRegistry is ICommitteeRegistry {
    using KeyWindows for uint256[3];

    /// @dev How many members a committee has.
    uint256 private constant MEMBERS = 15;

    /// @dev SHA-256("genesis.certificate.v1"). The compiler would compute it anew in each call.
    bytes32 private constant CERTIFICATE_TAG = 0xf518d7206015cbe326adfcc08ad43767ef9ff56ec2b84a570b8fbd468e9bbd05;
    /// @dev SHA-256("genesis.possession.v1").
    bytes32 private constant POSSESSION_TAG = 0x430916f022a9ae8bed0c81aabef9ee0f36507baf4d3b32dd1bf8c29d228d0cf1;

    /// @dev Domain separation tags of the hash to the curve (draft-irtf-cfrg-bls-signature-05, proof of possession).
    bytes private constant SIGNATURE_DST = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_";
    bytes private constant POSSESSION_DST = "BLS_POP_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_";

    /// @inheritdoc ICommitteeRegistry
    bytes32 public immutable committeeId;
    /// @inheritdoc ICommitteeRegistry
    uint256 public immutable threshold;
    /// @inheritdoc ICommitteeRegistry
    uint16 public immutable maxKeyDays;

    address[MEMBERS] private _members;
    /// @dev The data contract that holds the keys (CommitteeKeys).
    address private _keys;
    /// @dev Bit i: member i has revoked its key.
    uint16 private _revoked;
    /// @dev Until when each member's key counts (KeyWindows).
    uint256[3] private _windows;
    /// @dev Every key that was ever registered, by its keccak hash.
    mapping(bytes32 keyHash => bool) private _used;

    constructor(address[MEMBERS] memory members_, uint256 threshold_, uint16 maxKeyDays_) {
        uint256 least = (2 * MEMBERS + 2) / 3;
        require(threshold_ >= least && threshold_ <= MEMBERS, ThresholdOutOfRange(threshold_, least, MEMBERS));
        for (uint256 i = 0; i < MEMBERS; ++i) {
            require(members_[i] != address(0), MemberMissing(i));
            for (uint256 j = 0; j < i; ++j) {
                require(members_[i] != members_[j], MemberListedTwice(members_[i]));
            }
        }
        _members = members_;
        threshold = threshold_;
        maxKeyDays = maxKeyDays_;
        committeeId = sha256(abi.encode(block.chainid, address(this), members_));
    }

    /// @inheritdoc ICommitteeRegistry
    function registerKey(bytes calldata key, bytes calldata possession, Timestamp notAfter) external {
        uint256 member = _memberOf(msg.sender);
        _requireLength(key.length, Bls12381.G2_LENGTH);
        _requireLength(possession.length, Bls12381.G1_LENGTH);
        Timestamp latest = blockTime().plusDays(maxKeyDays);
        require(notAfter > blockTime() && !(notAfter > latest), NotAfterOutOfRange(notAfter, blockTime(), latest));
        bytes32 keyHash = keccak256(key);
        require(!_used[keyHash], KeyUsedBefore(keyHash));
        _requirePossession(key, possession);

        _used[keyHash] = true;
        _windows.set(member, notAfter);
        _revoked &= ~_bit(member);
        _keys = CommitteeKeys.replace(_keys, member, MEMBERS, key);
        emit KeyRegistered(member, keyHash, key, notAfter);
    }

    /// @inheritdoc ICommitteeRegistry
    function revokeKey() external {
        uint256 member = _memberOf(msg.sender);
        require(_hasKey(_windows.notAfter(member)) && _revoked & _bit(member) == 0, NoKeyToRevoke(member));
        _revoked |= _bit(member);
        bytes memory key = CommitteeKeys.keyOf(_keys, member);
        emit KeyRevoked(member, keccak256(key), key);
    }

    /// @inheritdoc ICommitteeRegistry
    function verifyCertificate(
        bytes32 purpose,
        address consumer,
        bytes32 subject,
        uint256 sequence,
        uint256 bitmap,
        bytes calldata signature
    ) external view {
        _requireLength(signature.length, Bls12381.G1_LENGTH);
        require(bitmap >> MEMBERS == 0, BitOutOfRange(bitmap, MEMBERS));
        _requireSigners(bitmap);

        bytes32 digest = certificateDigest(purpose, consumer, subject, sequence);
        uint256 frame = Bls12381.frameOf(signature, digest, SIGNATURE_DST);
        CommitteeKeys.aggregate(_keys, bitmap, MEMBERS, frame + Bls12381.KEY_OFFSET);
        Bls12381.Verdict verdict = Bls12381.check(frame);
        require(verdict != Bls12381.Verdict.Malformed, PointMalformed());
        require(verdict == Bls12381.Verdict.Valid, CertificateInvalid());
    }

    /// @inheritdoc ICommitteeRegistry
    function certificateDigest(
        bytes32 purpose,
        address consumer,
        bytes32 subject,
        uint256 sequence
    ) public view returns (bytes32) {
        return sha256(abi.encode(CERTIFICATE_TAG, purpose, block.chainid, consumer, committeeId, subject, sequence));
    }

    /// @inheritdoc ICommitteeRegistry
    function possessionDigest(address member, bytes calldata key) public view returns (bytes32) {
        return sha256(bytes.concat(abi.encode(POSSESSION_TAG, block.chainid, address(this), member), key));
    }

    /// @inheritdoc ICommitteeRegistry
    function members() external view returns (address[MEMBERS] memory) {
        return _members;
    }

    /// @inheritdoc ICommitteeRegistry
    function keyOf(uint256 member) external view returns (bytes memory key, Timestamp notAfter, bool revoked) {
        notAfter = _windows.notAfter(member);
        if (!_hasKey(notAfter)) return ("", notAfter, false);
        return (CommitteeKeys.keyOf(_keys, member), notAfter, _revoked & _bit(member) != 0);
    }

    /// @inheritdoc ICommitteeRegistry
    function validKeys() public view returns (uint256) {
        return _windows.openAt(blockTime()) & ~uint256(_revoked);
    }

    function _requireSigners(uint256 bitmap) private view {
        uint256 signers = 0;
        // Unchecked: a bitmap has at most 256 bits, and one bit less each time.
        unchecked {
            for (uint256 rest = bitmap; rest != 0; rest &= rest - 1) ++signers;
        }
        require(signers >= threshold, SignersBelowThreshold(signers, threshold));
        uint256 invalid = bitmap & ~validKeys();
        if (invalid != 0) _refuseSigner(invalid);
    }

    /// @dev Says what is wrong with the first of these members' keys.
    function _refuseSigner(uint256 invalid) private view {
        uint256 member = 0;
        while ((invalid >> member) & 1 == 0) ++member;
        Timestamp notAfter = _windows.notAfter(member);
        require(_hasKey(notAfter), KeyAbsent(member));
        require(_revoked & _bit(member) == 0, KeyRevokedBefore(member));
        revert KeyExpired(member, notAfter);
    }

    /// @dev A registered key's end lies after the block that registered it, so it is not zero.
    function _hasKey(Timestamp notAfter) private pure returns (bool) {
        return Timestamp.unwrap(notAfter) != 0;
    }

    function _requirePossession(bytes calldata key, bytes calldata possession) private view {
        uint256 frame = Bls12381.frameOf(possession, possessionDigest(msg.sender, key), POSSESSION_DST);
        assembly ("memory-safe") {
            // The frame's place for the key (Bls12381): a copy through memory would need one more.
            calldatacopy(add(frame, 512), key.offset, 256)
        }
        require(!Bls12381.isZero(frame + Bls12381.KEY_OFFSET, Bls12381.G2_LENGTH), KeyIsNeutral());
        // The pairing checks that the key is in the subgroup, which adding keys later relies upon.
        Bls12381.Verdict verdict = Bls12381.check(frame);
        require(verdict != Bls12381.Verdict.Malformed, PointMalformed());
        require(verdict == Bls12381.Verdict.Valid, PossessionInvalid());
    }

    function _memberOf(address caller) private view returns (uint256) {
        for (uint256 member = 0; member < MEMBERS; ++member) {
            if (_members[member] == caller) return member;
        }
        revert NotAMember(caller);
    }

    function _requireLength(uint256 given, uint256 expected) private pure {
        require(given == expected, PointLength(given, expected));
    }

    function _bit(uint256 member) private pure returns (uint16) {
        return uint16(1 << member);
    }
}
