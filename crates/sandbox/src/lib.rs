//! A Magento-like store on loopback.
