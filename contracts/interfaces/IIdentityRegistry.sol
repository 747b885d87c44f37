// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPhaseController} from "./IPhaseController.sol";
import {IWalletSignature} from "./IWalletSignature.sol";
import {MethodType} from "../types/MethodType.sol";
import {Region} from "../types/Region.sol";
import {Timestamp} from "../types/Timestamp.sol";

/// @notice An Ed25519 key that a wallet lets speak for its identity. Signed by the wallet as an EIP-712 struct, with
/// `notAfter` as a uint64.
/// @param identity The human's id.
/// @param key The raw public key.
/// @param purpose What it is for, for example `cli` or `browser`; written like an id.
/// @param notAfter The last second in which the key counts.
struct KeyBinding {
    string identity;
    bytes32 key;
    string purpose;
    Timestamp notAfter;
}

/// @notice A machine as its operator registers it. Region and organization are the operator's.
/// @param id The machine's id.
/// @param modelFamily The model's family: 1 to 64 characters of `[a-z0-9._-]`, the first a letter or a digit.
/// @param methodType How it works.
/// @param lineage The registered machines it descends from.
/// @param key Its first Ed25519 public key.
/// @param notAfter The last second in which that key counts.
struct Machine {
    string id;
    string modelFamily;
    MethodType methodType;
    string[] lineage;
    bytes32 key;
    Timestamp notAfter;
}

/// @title Who is known: humans by their wallets, machines by their operators, and the keys that speak for them.
///
/// @notice Phase G0: the founder attests humans. One wallet has one identity and one id one wallet. No personal data is
/// kept: an id, a wallet, a region's code, an organization's code, keys.
///
/// Ids are 1 to 64 characters of `[a-z0-9._:-]`; humans and machines share one space of names.
///
/// Keys are kept per actor. The registry cannot check that an Ed25519 key is its binder's (its signatures are checked off
/// chain), so a key bound to two actors speaks, for each, for that one; nobody can take a key away by binding it first.
///
/// Safety assumes: the founder attests only humans it has verified. Liveness assumes: the founder acts.
///
/// @dev The founder has the power to attest humans, but not to change or remove one, not to bind, revoke or use
/// anyone's key, not to register a machine. That power ends by itself at `founderUntil`, and before that in the instant
/// in which the phase controller, where there is one, leaves G0. It does not come back.
interface IIdentityRegistry is IWalletSignature {
    /// @notice Only the founder attests.
    error NotTheFounder(address caller);

    /// @notice The founder is the zero address.
    error FounderMissing();

    /// @notice Phase G0 is over, by time or by the phase controller's word.
    error FounderPowerEnded(Timestamp founderUntil);

    /// @notice An id or a purpose is not 1 to 64 characters of `[a-z0-9._:-]`.
    error IdentifierMalformed(string given);

    /// @notice Not an organization's code.
    error OrganizationMalformed(string given);

    /// @notice Not a model family's code.
    error ModelFamilyMalformed(string given);

    /// @notice The id belongs to a human or a machine already.
    error IdTaken(string id);

    /// @notice The wallet has an identity already.
    error WalletTaken(address wallet);

    /// @notice No human has this id.
    error HumanUnknown(string id);

    /// @notice The caller's wallet has no identity.
    error WalletUnknown(address wallet);

    /// @notice No machine has this id.
    error MachineUnknown(string id);

    /// @notice The actor is unknown, or neither the caller's own identity nor a machine that the caller operates.
    error NotYourActor(string actor, address caller);

    /// @notice At most `limit` ancestors are named.
    error LineageTooLong(uint256 given, uint256 limit);

    /// @notice An all-zero key is none.
    error KeyMissing();

    /// @notice The key is bound to this actor already, or was: a key serves an actor once.
    error KeyUsedBefore(bytes32 key);

    /// @notice A key must be valid for some time, and for at most `latest`.
    error NotAfterOutOfRange(Timestamp given, Timestamp present, Timestamp latest);

    /// @notice The key is not bound to this actor, or was revoked.
    error NoKeyToRevoke(bytes32 key);

    /// @notice A human is verified.
    event HumanAttested(
        bytes32 indexed idHash,
        address indexed wallet,
        string id,
        Region region,
        string organization,
        uint256 humans
    );

    /// @notice A wallet let a key speak for its identity, with this signature over `binding`.
    event KeyBound(bytes32 indexed idHash, bytes32 indexed key, KeyBinding binding, bytes signature, bool byContract);

    /// @notice A machine is registered by the human `operator`.
    event MachineRegistered(bytes32 indexed idHash, address indexed wallet, string operator, Machine machine);

    /// @notice An operator gave a further key to its machine.
    event MachineKeyBound(bytes32 indexed idHash, bytes32 indexed key, string machine, Timestamp notAfter);

    /// @notice From this block on the key speaks for nobody.
    event KeyRevoked(bytes32 indexed idHash, bytes32 indexed key);

    /// @notice Registers a verified human with a first key that the human's wallet has bound.
    ///
    /// Who: the founder. When: in phase G0.
    ///
    /// Reverts with: NotTheFounder, FounderPowerEnded, OrganizationMalformed, IdentifierMalformed, IdTaken, WalletTaken,
    /// KeyMissing, KeyUsedBefore, NotAfterOutOfRange, and those of IWalletSignature.
    /// Emits: HumanAttested, KeyBound.
    ///
    /// @param wallet The human's wallet: the root of the identity.
    /// @param region The human's region.
    /// @param organization The organization's code: 1 to 64 characters of `[a-z0-9.-]`, the first a letter or a digit.
    /// @param binding Id, first key, its purpose and its end.
    /// @param signature The wallet's signature over `binding`.
    function attest(
        address wallet,
        Region region,
        string calldata organization,
        KeyBinding calldata binding,
        bytes calldata signature
    ) external;

    /// @notice Binds a further key to a human.
    ///
    /// Who: anyone may relay it. When: at any time.
    ///
    /// Reverts with: HumanUnknown, IdentifierMalformed, KeyMissing, KeyUsedBefore, NotAfterOutOfRange, and those of
    /// IWalletSignature.
    /// Emits: KeyBound.
    function bindKey(KeyBinding calldata binding, bytes calldata signature) external;

    /// @notice Registers a machine under the caller's identity.
    ///
    /// Who: the wallet of a human. When: at any time.
    ///
    /// Reverts with: WalletUnknown, IdentifierMalformed, IdTaken, ModelFamilyMalformed, LineageTooLong, MachineUnknown,
    /// KeyMissing, KeyUsedBefore, NotAfterOutOfRange.
    /// Emits: MachineRegistered.
    function registerMachine(Machine calldata machine) external;

    /// @notice Binds a further key to a machine.
    ///
    /// Who: the wallet of its operator. When: at any time.
    ///
    /// Reverts with: NotYourActor, KeyMissing, KeyUsedBefore, NotAfterOutOfRange.
    /// Emits: MachineKeyBound.
    function bindMachineKey(string calldata machine, bytes32 key, Timestamp notAfter) external;

    /// @notice Revokes an actor's key, for ever.
    ///
    /// Who: the wallet of the human, or of the machine's operator. When: at any time.
    ///
    /// Reverts with: NotYourActor, NoKeyToRevoke.
    /// Emits: KeyRevoked.
    function revokeKey(string calldata actor, bytes32 key) external;

    /// @notice The EIP-712 digest that a wallet signs to bind a key.
    function keyBindingDigest(KeyBinding calldata binding) external view returns (bytes32);

    /// @notice The human with this id. A zero wallet means: none.
    function humanOf(
        string calldata id
    ) external view returns (address wallet, Region region, string memory organization, Timestamp attestedAt);

    /// @notice The id of the human with this wallet; empty means: none.
    function idOf(address wallet) external view returns (string memory);

    /// @notice The wallet that operates a machine; zero means: none.
    function operatorOf(string calldata machine) external view returns (address);

    /// @notice Until when a key was bound to an actor, and whether it was revoked. A zero `notAfter` means: never bound.
    function keyOf(string calldata actor, bytes32 key) external view returns (Timestamp notAfter, bool revoked);

    /// @notice How many humans are registered.
    function humanCount() external view returns (uint256);

    /// @notice How many machines are registered.
    function machineCount() external view returns (uint256);

    /// @notice Who attests humans in phase G0.
    function founder() external view returns (address);

    /// @notice The last second of the founder's power.
    function founderUntil() external view returns (Timestamp);

    /// @notice The controller of genesis phases; zero means: none.
    function phaseController() external view returns (IPhaseController);

    /// @notice How long a key may count, in days.
    function maxKeyDays() external view returns (uint16);

    /// @notice How many ancestors a machine may name.
    function MAX_LINEAGE() external view returns (uint256);
}
