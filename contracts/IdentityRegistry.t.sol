// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {IdentityRegistry} from "./IdentityRegistry.sol";
import {IIdentityRegistry, KeyBinding, Machine} from "./interfaces/IIdentityRegistry.sol";
import {IPhaseController} from "./interfaces/IPhaseController.sol";
import {IWalletSignature} from "./interfaces/IWalletSignature.sol";
import {between, vm} from "./test/Vm.sol";
import {MethodType} from "./types/MethodType.sol";
import {Region} from "./types/Region.sol";
import {Timestamp} from "./types/Timestamp.sol";

/// @notice Any people, any keys, in any order.
contract IdentityRegistryTest {
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    uint256 private constant START = 1_770_940_800;
    address private constant FOUNDER = address(0xF0);

    IdentityRegistry private _registry;

    function setUp() external {
        vm.warp(START);
        _registry = new IdentityRegistry(FOUNDER, 545, 90, IPhaseController(address(0)));
    }

    function test_an_attested_human_stands_as_attested(
        uint256 key,
        bytes32 speaker,
        uint8 region,
        uint64 end
    ) external {
        key = between(key, 1, CURVE_ORDER - 1);
        if (speaker == 0) speaker = "x";
        uint64 notAfter = uint64(between(end, START + 1, START + 90 days));
        KeyBinding memory binding = KeyBinding("ada", speaker, "cli", Timestamp.wrap(notAfter));
        _attest(key, Region(region % 12), binding);
        (address wallet, Region kept, string memory organization, Timestamp since) = _registry.humanOf("ada");
        assert(wallet == vm.addr(key) && kept == Region(region % 12) && Timestamp.unwrap(since) == START);
        assert(keccak256(bytes(organization)) == keccak256("acme"));
        assert(keccak256(bytes(_registry.idOf(wallet))) == keccak256("ada"));
        (Timestamp keptEnd, bool revoked) = _registry.keyOf("ada", speaker);
        assert(Timestamp.unwrap(keptEnd) == notAfter && !revoked);
    }

    function test_only_the_founder_attests(address caller) external {
        if (caller == FOUNDER) return;
        KeyBinding memory binding = KeyBinding("ada", "x", "cli", Timestamp.wrap(uint64(START + 1)));
        bytes memory signature = _sign(7, binding);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotTheFounder.selector, caller));
        vm.prank(caller);
        _registry.attest(vm.addr(7), Region.EU, "acme", binding, signature);
    }

    function test_nobody_binds_for_another(uint256 key, uint256 other) external {
        key = between(key, 1, CURVE_ORDER - 1);
        other = between(other, 1, CURVE_ORDER - 1);
        if (key == other) return;
        _attest(key, Region.EU, KeyBinding("ada", "x", "cli", Timestamp.wrap(uint64(START + 1))));
        KeyBinding memory binding = KeyBinding("ada", "y", "cli", Timestamp.wrap(uint64(START + 1)));
        bytes memory signature = _sign(other, binding);
        vm.expectRevert(abi.encodeWithSelector(IWalletSignature.WalletSignatureInvalid.selector, vm.addr(key)));
        _registry.bindKey(binding, signature);
    }

    /// @dev Attestations of a few wallets under a few ids, in any order: one identity per wallet and per id.
    function test_ids_and_wallets_pair_off(bytes32 seed) external {
        bool[5] memory idTaken;
        bool[5] memory walletTaken;
        uint256 humans = 0;
        for (uint256 step = 0; step < 10; ++step) {
            seed = keccak256(abi.encode(seed));
            uint256 id = uint8(seed[0]) % 5;
            uint256 wallet = uint8(seed[1]) % 5;
            KeyBinding memory binding = KeyBinding(
                string.concat("human-", Strings.toString(id)),
                seed,
                "cli",
                Timestamp.wrap(uint64(START + 1))
            );
            bytes memory signature = _sign(100 + wallet, binding);
            vm.prank(FOUNDER);
            try _registry.attest(vm.addr(100 + wallet), Region.EU, "acme", binding, signature) {
                assert(!idTaken[id] && !walletTaken[wallet]);
                (idTaken[id], walletTaken[wallet]) = (true, true);
                ++humans;
            } catch {
                assert(idTaken[id] || walletTaken[wallet]);
            }
            assert(_registry.humanCount() == humans);
        }
    }

    function test_a_key_serves_an_actor_once(bytes32 key, bool revokeFirst) external {
        if (key == 0) key = "k";
        uint64 end = uint64(START + 90 days);
        KeyBinding memory first = KeyBinding("ada", key, "cli", Timestamp.wrap(end));
        _attest(7, Region.XX, first);
        if (revokeFirst) {
            vm.prank(vm.addr(7));
            _registry.revokeKey("ada", key);
        }
        bytes memory signature = _sign(7, first);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.KeyUsedBefore.selector, key));
        _registry.bindKey(first, signature);

        vm.prank(vm.addr(7));
        _registry.registerMachine(
            Machine("m-1", "rules", MethodType.RuleBasedDeterministic, new string[](0), key, Timestamp.wrap(end))
        );
        (, bool revoked) = _registry.keyOf("ada", key);
        (, bool machinesRevoked) = _registry.keyOf("m-1", key);
        assert(revoked == revokeFirst && !machinesRevoked);
        assert(_registry.operatorOf("m-1") == vm.addr(7));
    }

    function _attest(uint256 key, Region region, KeyBinding memory binding) private {
        bytes memory signature = _sign(key, binding);
        vm.prank(FOUNDER);
        _registry.attest(vm.addr(key), region, "acme", binding, signature);
    }

    function _sign(uint256 key, KeyBinding memory binding) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, _registry.keyBindingDigest(binding));
        return abi.encodePacked(r, s, v);
    }
}
