// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title A contract account that answers as told, honestly or not.
contract TestWallet {
    enum Answer {
        Owner, // yes to its owner's ECDSA signature, no to others
        No,
        Reverts,
        Short, // four bytes instead of a word
        Dirty, // the magic value with more after it in the word
        BurnsGas,
        Bomb, // half a megabyte that begins with the magic value
        Reenters // tries to make the same call again from inside, then says yes
    }

    address private immutable _owner;
    Answer private immutable _answer;
    /// @dev What to call when asked, and what to tell it.
    address private _target;
    bytes private _call;

    error NotToday();

    constructor(address owner, Answer answer) {
        _owner = owner;
        _answer = answer;
    }

    function reenterWith(address target, bytes calldata call_) external {
        _target = target;
        _call = call_;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external returns (bytes4 magic) {
        magic = IERC1271.isValidSignature.selector;
        if (_answer == Answer.Owner) {
            (address signer, ECDSA.RecoverError fault, ) = ECDSA.tryRecoverCalldata(digest, signature);
            return fault == ECDSA.RecoverError.NoError && signer == _owner ? magic : bytes4(0xffffffff);
        }
        if (_answer == Answer.No) return 0xffffffff;
        if (_answer == Answer.Reverts) revert NotToday();
        if (_answer == Answer.BurnsGas) while (true) {}
        if (_answer == Answer.Reenters) {
            (bool done, ) = _target.call(_call);
            // In a read-only call it cannot have worked.
            return done ? bytes4(0) : magic;
        }
        Answer answer = _answer;
        assembly ("memory-safe") {
            let at_ := mload(0x40)
            mstore(at_, magic)
            switch answer
            case 3 {
                return(at_, 4)
            }
            case 4 {
                mstore(at_, or(magic, 1))
                return(at_, 0x20)
            }
            default {
                return(at_, 500000)
            }
        }
    }
}
