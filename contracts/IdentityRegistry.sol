// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IIdentityRegistry, KeyBinding, Machine} from "./interfaces/IIdentityRegistry.sol";
import {IPhaseController} from "./interfaces/IPhaseController.sol";
import {ActorKeys} from "./libraries/ActorKeys.sol";
import {Identifier} from "./libraries/Identifier.sol";
import {WalletSignature} from "./libraries/WalletSignature.sol";
import {Region} from "./types/Region.sol";
import {Timestamp, blockTime} from "./types/Timestamp.sol";

/// @title Humans, machines and the keys that speak for them.
/// @notice Described in IIdentityRegistry: what it promises, who may do what, errors, events.
contract IdentityRegistry is IIdentityRegistry, EIP712("Genesis Identity Registry", "1") {
    using ActorKeys for ActorKeys.Context;

    struct Human {
        address wallet;
        Timestamp attestedAt;
        Region region;
        string organization;
    }

    bytes32 private constant KEY_BINDING_TYPE_HASH = keccak256(
        "KeyBinding(string identity,bytes32 key,string purpose,uint64 notAfter)"
    );

    /// @inheritdoc IIdentityRegistry
    uint256 public constant MAX_LINEAGE = 32;

    /// @inheritdoc IIdentityRegistry
    address public immutable founder;
    /// @inheritdoc IIdentityRegistry
    Timestamp public immutable founderUntil;
    /// @inheritdoc IIdentityRegistry
    uint16 public immutable maxKeyDays;
    /// @inheritdoc IIdentityRegistry
    IPhaseController public immutable phaseController;

    /// @inheritdoc IIdentityRegistry
    uint256 public humanCount;
    /// @inheritdoc IIdentityRegistry
    uint256 public machineCount;
    mapping(bytes32 idHash => Human) private _humans;
    mapping(bytes32 idHash => address operator) private _machines;
    mapping(address wallet => string id) private _ids;
    ActorKeys.Context private _keys;

    /// @param founder_ Who attests humans in phase G0.
    /// @param founderDays How long phase G0 can last at most, in days.
    /// @param maxKeyDays_ How long a key may count, in days.
    /// @param phaseController_ The controller of genesis phases; zero: none.
    constructor(address founder_, uint16 founderDays, uint16 maxKeyDays_, IPhaseController phaseController_) {
        require(founder_ != address(0), FounderMissing());
        founder = founder_;
        founderUntil = blockTime().plusDays(founderDays);
        maxKeyDays = maxKeyDays_;
        phaseController = phaseController_;
    }

    /// @inheritdoc IIdentityRegistry
    function attest(
        address wallet,
        Region region,
        string calldata organization,
        KeyBinding calldata binding,
        bytes calldata signature
    ) external {
        require(msg.sender == founder, NotTheFounder(msg.sender));
        _requireG0();
        require(Identifier.isOrganization(organization), OrganizationMalformed(organization));
        bytes32 idHash = _requireFreeId(binding.identity);
        require(bytes(_ids[wallet]).length == 0, WalletTaken(wallet));

        _humans[idHash] = Human(wallet, blockTime(), region, organization);
        _ids[wallet] = binding.identity;
        ++humanCount;
        emit HumanAttested(idHash, wallet, binding.identity, region, organization, humanCount);
        _bindKey(idHash, wallet, binding, signature);
    }

    /// @inheritdoc IIdentityRegistry
    function bindKey(KeyBinding calldata binding, bytes calldata signature) external {
        bytes32 idHash = _hash(binding.identity);
        address wallet = _humans[idHash].wallet;
        require(wallet != address(0), HumanUnknown(binding.identity));
        _bindKey(idHash, wallet, binding, signature);
    }

    /// @inheritdoc IIdentityRegistry
    function registerMachine(Machine calldata machine) external {
        string memory operator = _ids[msg.sender];
        require(bytes(operator).length != 0, WalletUnknown(msg.sender));
        bytes32 idHash = _requireFreeId(machine.id);
        require(Identifier.isModelFamily(machine.modelFamily), ModelFamilyMalformed(machine.modelFamily));
        require(machine.lineage.length <= MAX_LINEAGE, LineageTooLong(machine.lineage.length, MAX_LINEAGE));
        for (uint256 i = 0; i < machine.lineage.length; ++i) {
            require(_machines[_hash(machine.lineage[i])] != address(0), MachineUnknown(machine.lineage[i]));
        }
        _keys.bind(idHash, machine.key, machine.notAfter, maxKeyDays);

        _machines[idHash] = msg.sender;
        ++machineCount;
        emit MachineRegistered(idHash, msg.sender, operator, machine);
    }

    /// @inheritdoc IIdentityRegistry
    function bindMachineKey(string calldata machine, bytes32 key, Timestamp notAfter) external {
        bytes32 idHash = _hash(machine);
        require(_machines[idHash] == msg.sender, NotYourActor(machine, msg.sender));
        _keys.bind(idHash, key, notAfter, maxKeyDays);
        emit MachineKeyBound(idHash, key, machine, notAfter);
    }

    /// @inheritdoc IIdentityRegistry
    function revokeKey(string calldata actor, bytes32 key) external {
        bytes32 idHash = _hash(actor);
        bool own = _humans[idHash].wallet == msg.sender || _machines[idHash] == msg.sender;
        require(own, NotYourActor(actor, msg.sender));
        _keys.revoke(idHash, key);
        emit KeyRevoked(idHash, key);
    }

    /// @inheritdoc IIdentityRegistry
    function keyBindingDigest(KeyBinding calldata binding) public view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(
                    abi.encode(
                        KEY_BINDING_TYPE_HASH,
                        keccak256(bytes(binding.identity)),
                        binding.key,
                        keccak256(bytes(binding.purpose)),
                        binding.notAfter
                    )
                )
            );
    }

    /// @inheritdoc IIdentityRegistry
    function humanOf(
        string calldata id
    ) external view returns (address wallet, Region region, string memory organization, Timestamp attestedAt) {
        Human storage human = _humans[_hash(id)];
        return (human.wallet, human.region, human.organization, human.attestedAt);
    }

    /// @inheritdoc IIdentityRegistry
    function idOf(address wallet) external view returns (string memory) {
        return _ids[wallet];
    }

    /// @inheritdoc IIdentityRegistry
    function operatorOf(string calldata machine) external view returns (address) {
        return _machines[_hash(machine)];
    }

    /// @inheritdoc IIdentityRegistry
    function keyOf(string calldata actor, bytes32 key) external view returns (Timestamp notAfter, bool revoked) {
        ActorKeys.Entry storage entry = _keys.entries[_hash(actor)][key];
        return (entry.notAfter, entry.revoked);
    }

    function _bindKey(bytes32 idHash, address wallet, KeyBinding calldata binding, bytes calldata signature) private {
        _requireIdentifier(binding.purpose);
        _keys.bind(idHash, binding.key, binding.notAfter, maxKeyDays);
        bool byContract = WalletSignature.requireSigned(wallet, keyBindingDigest(binding), signature);
        emit KeyBound(idHash, binding.key, binding, signature, byContract);
    }

    function _requireG0() private view {
        bool ended = blockTime() > founderUntil;
        if (!ended && address(phaseController) != address(0)) ended = phaseController.founderPowerEnded();
        require(!ended, FounderPowerEnded(founderUntil));
    }

    function _requireFreeId(string calldata id) private view returns (bytes32 idHash) {
        _requireIdentifier(id);
        idHash = _hash(id);
        require(_humans[idHash].wallet == address(0) && _machines[idHash] == address(0), IdTaken(id));
    }

    function _requireIdentifier(string calldata text) private pure {
        require(Identifier.isId(text), IdentifierMalformed(text));
    }

    function _hash(string calldata id) private pure returns (bytes32) {
        return keccak256(bytes(id));
    }
}
