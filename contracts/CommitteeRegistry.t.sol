// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CommitteeRegistry} from "./CommitteeRegistry.sol";
import {ICertificateRefusal} from "./interfaces/ICertificateRefusal.sol";
import {ICommitteeRegistry} from "./interfaces/ICommitteeRegistry.sol";
import {BlsSigner} from "./test/BlsSigner.sol";
import {between, vm} from "./test/Vm.sol";
import {Timestamp} from "./types/Timestamp.sol";

/// @notice Any committee of fifteen keys, any subset of it.
contract CommitteeRegistryTest {
    uint256 private constant MEMBERS = 15;
    uint256 private constant THRESHOLD = 10;
    uint256 private constant START = 1_770_940_800;
    address private constant CONSUMER = address(0xC0);

    CommitteeRegistry private _registry;
    uint256[MEMBERS] private _secrets;

    function setUp() external {
        vm.warp(START);
        address[MEMBERS] memory members;
        for (uint256 i = 0; i < MEMBERS; ++i) members[i] = _member(i);
        _registry = new CommitteeRegistry(members, THRESHOLD, 90);
        for (uint256 i = 0; i < MEMBERS; ++i) _register(i, uint256(keccak256(abi.encode("secret", i))), 90 days);
    }

    function test_a_certificate_stands_if_and_only_if_ten_signed(
        uint256 bitmap,
        bytes32 purpose,
        bytes32 subject,
        uint64 sequence
    ) external {
        bitmap = between(bitmap, 0, (1 << MEMBERS) - 1);
        bytes memory signature = _certificate(bitmap, purpose, subject, sequence);
        uint256 signers = _count(bitmap);
        if (signers < THRESHOLD) {
            vm.expectRevert(
                abi.encodeWithSelector(ICertificateRefusal.SignersBelowThreshold.selector, signers, THRESHOLD)
            );
        }
        _registry.verifyCertificate(purpose, CONSUMER, subject, sequence, bitmap, signature);
    }

    function test_no_other_bitmap_fits(uint256 signers, uint256 claimed, bytes32 subject) external {
        signers = _atLeastTen(signers);
        claimed = _atLeastTen(claimed);
        if (claimed == signers) claimed = signers == 0x7fff ? 0x3fff : 0x7fff;
        bytes memory signature = _certificate(signers, 0, subject, 0);
        vm.expectRevert(ICertificateRefusal.CertificateInvalid.selector);
        _registry.verifyCertificate(0, CONSUMER, subject, 0, claimed, signature);
    }

    function test_no_other_claim_fits(bytes32 subject, uint64 sequence, uint256 which, uint256 bit) external {
        bytes memory signature = _certificate(0x3ff, 0, subject, sequence);
        bytes32 flip = bytes32(uint256(1) << (bit % 64));
        which %= 4;
        vm.expectRevert(ICertificateRefusal.CertificateInvalid.selector);
        _registry.verifyCertificate(
            which == 0 ? flip : bytes32(0),
            which == 1 ? address(uint160(CONSUMER) ^ uint160(uint256(flip))) : CONSUMER,
            which == 2 ? subject ^ flip : subject,
            which == 3 ? sequence ^ uint256(flip) : sequence,
            0x3ff,
            signature
        );
    }

    /// @dev Random bytes are no point of the group: refused by name, for a bounded amount of gas.
    function test_random_bytes_are_refused_for_a_bounded_amount_of_gas(bytes32[4] calldata words) external view {
        bytes memory given = abi.encode(words);
        uint256 before = gasleft();
        try _registry.verifyCertificate(0, CONSUMER, 0, 0, 0x3ff, given) {
            assert(false);
        } catch (bytes memory reason) {
            assert(before - gasleft() < 330_000);
            bool byName =
                bytes4(reason) == ICertificateRefusal.PointMalformed.selector ||
                    bytes4(reason) == ICertificateRefusal.CertificateInvalid.selector;
            assert(byName);
        }
    }

    function test_only_members_register(address stranger, uint64 notAfter) external {
        for (uint256 i = 0; i < MEMBERS; ++i) if (stranger == _member(i)) return;
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.NotAMember.selector, stranger));
        vm.prank(stranger);
        _registry.registerKey("", "", Timestamp.wrap(notAfter));
    }

    /// @dev Rotations, revocations and time in any order: the valid keys are those that a plain model says, and a
    /// certificate of the valid ones stands when there are ten.
    function test_any_history_leaves_the_keys_that_a_plain_model_says(bytes32 seed, uint8 steps) external {
        uint256[MEMBERS] memory ends;
        for (uint256 i = 0; i < MEMBERS; ++i) ends[i] = START + 90 days;
        uint256 present = START;
        for (uint256 step = 0; step < steps % 12; ++step) {
            seed = keccak256(abi.encode(seed));
            uint256 member = uint8(seed[0]) % MEMBERS;
            uint256 what = uint8(seed[1]) % 4;
            if (what == 0) {
                uint256 life = 1 + (uint16(bytes2(seed << 16)) % 90) * 1 days;
                _register(member, uint256(keccak256(abi.encode("fresh", seed))), life);
                ends[member] = present + life;
            } else if (what == 1) {
                if (ends[member] == 0) continue;
                vm.prank(_member(member));
                _registry.revokeKey();
                ends[member] = 0;
            } else {
                present += uint16(bytes2(seed << 16)) % 20 days;
                vm.warp(present);
            }
        }
        uint256 valid = 0;
        for (uint256 i = 0; i < MEMBERS; ++i) if (ends[i] >= present) valid |= 1 << i;
        assert(_registry.validKeys() == valid);
        if (_count(valid) < THRESHOLD) return;
        _registry.verifyCertificate(0, CONSUMER, seed, 7, valid, _certificate(valid, 0, seed, 7));
    }

    function _register(uint256 member, uint256 secret, uint256 life) private {
        secret = 1 + (secret % (BlsSigner.ORDER - 1));
        bytes memory key = BlsSigner.keyOf(secret);
        bytes32 digest = _registry.possessionDigest(_member(member), key);
        bytes memory possession = BlsSigner.sign(secret, digest, BlsSigner.POSSESSION_DST);
        _secrets[member] = secret;
        uint256 notAfter = block.timestamp + life;
        vm.prank(_member(member));
        _registry.registerKey(key, possession, Timestamp.wrap(uint64(notAfter)));
    }

    /// @dev The sum of the signatures is the signature of the sum.
    function _certificate(
        uint256 bitmap,
        bytes32 purpose,
        bytes32 subject,
        uint256 sequence
    ) private view returns (bytes memory) {
        uint256 sum = 0;
        for (uint256 i = 0; i < MEMBERS; ++i) {
            if ((bitmap >> i) & 1 == 1) sum = addmod(sum, _secrets[i], BlsSigner.ORDER);
        }
        bytes32 digest = _registry.certificateDigest(purpose, CONSUMER, subject, sequence);
        return BlsSigner.sign(sum, digest, BlsSigner.SIGNATURE_DST);
    }

    function _member(uint256 index) private pure returns (address) {
        return address(uint160(0xA000 + index));
    }

    function _atLeastTen(uint256 any) private pure returns (uint256 bitmap) {
        bitmap = any % (1 << MEMBERS);
        for (uint256 i = 0; _count(bitmap) < THRESHOLD; ++i) bitmap |= 1 << i;
    }

    function _count(uint256 bitmap) private pure returns (uint256 bits) {
        for (; bitmap != 0; bitmap >>= 1) bits += bitmap & 1;
    }
}
