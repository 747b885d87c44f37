// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @title As much of an ERC-8004 identity registry as a link to a machine rests on: tokens, metadata, the agent's wallet.
/// @dev A transfer clears the wallet, as the standard has it. That a new wallet agrees is left out.
contract AgentRegistry is ERC721 {
    string private constant WALLET = "agentWallet";

    uint256 private _agents;

    event MetadataSet(
        uint256 indexed agentId,
        string indexed indexedMetadataKey,
        string metadataKey,
        bytes metadataValue
    );

    error NotItsHolder();
    error ReservedKey();

    constructor() ERC721("Agents", "AGENT") {}

    function register() external returns (uint256 agentId) {
        agentId = _agents++;
        _mint(msg.sender, agentId);
    }

    function setMetadata(uint256 agentId, string calldata key, bytes calldata value) external {
        if (ownerOf(agentId) != msg.sender) revert NotItsHolder();
        if (keccak256(bytes(key)) == keccak256(bytes(WALLET))) revert ReservedKey();
        emit MetadataSet(agentId, key, key, value);
    }

    function setAgentWallet(uint256 agentId, address wallet) external {
        if (ownerOf(agentId) != msg.sender) revert NotItsHolder();
        emit MetadataSet(agentId, WALLET, WALLET, abi.encodePacked(wallet));
    }

    function _update(address to, uint256 agentId, address auth) internal override returns (address from) {
        from = super._update(to, agentId, auth);
        if (from != address(0)) emit MetadataSet(agentId, WALLET, WALLET, "");
    }
}
