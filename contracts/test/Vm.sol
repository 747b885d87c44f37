// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The cheatcodes that our Solidity tests use, of those that Hardhat offers.
interface Vm {
    /// @notice Makes the next call come from `sender`.
    function prank(address sender) external;

    /// @notice The next call must revert with exactly this data.
    function expectRevert(bytes calldata data) external;

    /// @notice The next call must revert with this error, without arguments.
    function expectRevert(bytes4 selector) external;

    /// @notice Sets the block's time.
    function warp(uint256 time) external;

    /// @notice The address of a private key.
    function addr(uint256 privateKey) external pure returns (address);

    /// @notice An ECDSA signature, s in the lower half.
    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
}

/// @dev Where the cheatcodes are: the last 20 bytes of keccak("hevm cheat code").
Vm constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

/// @notice Reduces any number to `least … most`, both included.
function between(uint256 any, uint256 least, uint256 most) pure returns (uint256) {
    uint256 count = most - least + 1;
    return count == 0 ? any : least + (any % count);
}
