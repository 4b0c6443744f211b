package store

// BlockMax is a name that only tests need.
const BlockMax = blockMax
