//! Clean names for Magento's definitions.

/// The definitions of the customer domain that have a name of their own.
const NAMED: [(&str, &str); 41] = [
    ("asynchronous-operations-data-bulk-operations-status-interface", "BulkStatus"),
    ("asynchronous-operations-data-bulk-summary-extension-interface", "BulkExtension"),
    ("asynchronous-operations-data-detailed-bulk-operations-status-interface", "DetailedBulkStatus"),
    ("asynchronous-operations-data-operation-extension-interface", "OperationExtension"),
    ("asynchronous-operations-data-operation-interface", "Operation"),
    ("asynchronous-operations-data-operation-search-results-interface", "OperationSearchResults"),
    ("asynchronous-operations-data-summary-operation-status-interface", "OperationStatus"),
    ("customer-balance-data-balance-interface", "CustomerBalance"),
    ("customer-data-address-extension-interface", "AddressExtension"),
    ("customer-data-address-interface", "Address"),
    ("customer-data-attribute-metadata-interface", "AttributeMetadata"),
    ("customer-data-customer-extension-interface", "CustomerExtension"),
    ("customer-data-customer-interface", "Customer"),
    ("customer-data-customer-search-results-interface", "CustomerSearchResults"),
    ("customer-data-group-extension-interface", "GroupExtension"),
    ("customer-data-group-interface", "Group"),
    ("customer-data-group-search-results-interface", "GroupSearchResults"),
    ("customer-data-option-interface", "AttributeOption"),
    ("customer-data-region-extension-interface", "RegionExtension"),
    ("customer-data-region-interface", "Region"),
    ("customer-data-validation-results-interface", "ValidationResults"),
    ("customer-data-validation-rule-interface", "AttributeRule"),
    ("directory-data-country-information-extension-interface", "CountryExtension"),
    ("directory-data-country-information-interface", "Country"),
    ("directory-data-currency-information-extension-interface", "CurrencyExtension"),
    ("directory-data-currency-information-interface", "Currency"),
    ("directory-data-exchange-rate-extension-interface", "ExchangeRateExtension"),
    ("directory-data-exchange-rate-interface", "ExchangeRate"),
    ("directory-data-region-information-extension-interface", "CountryRegionExtension"),
    ("directory-data-region-information-interface", "CountryRegion"),
    ("error-errors-item", "ErrorItem"),
    ("error-parameters-item", "ErrorParameter"),
    ("error-response", "ErrorResponse"),
    ("framework-attribute-interface", "CustomAttribute"),
    ("framework-search-filter-group", "FilterGroup"),
    ("store-data-group-extension-interface", "StoreGroupExtension"),
    ("store-data-group-interface", "StoreGroup"),
    ("store-data-store-extension-interface", "StoreViewExtension"),
    ("store-data-store-interface", "StoreView"),
    ("store-data-website-extension-interface", "WebsiteExtension"),
    ("store-data-website-interface", "Website"),
];

/// The definition every document of the customer domain has.
pub(crate) const CUSTOMER: &str = "customer-data-customer-interface";

/// Whether modules add to a definition or have made it: all but the core's own.
pub(crate) fn is_of_module(definition: &str) -> bool {
    definition.ends_with("-extension-interface")
        || !definition.starts_with("framework-") && NAMED.iter().all(|(known, _)| *known != definition)
}

/// The name of a definition: its own, or one derived from `module-data-class-interface`.
pub(crate) fn clean(definition: &str) -> String {
    if let Some((_, name)) = NAMED.iter().find(|(known, _)| *known == definition) {
        return (*name).to_owned();
    }
    let class = definition.strip_suffix("-interface").unwrap_or(definition);
    let (module, class) = class.split_once("-data-").unwrap_or(("", class));
    match module {
        "" => pascal(class.strip_prefix("framework-").unwrap_or(class)),
        _ if class.starts_with(module) => pascal(class),
        _ => pascal(module) + &pascal(class),
    }
}

/// The longer name, for a definition whose clean name another one has.
pub(crate) fn full(definition: &str) -> String {
    pascal(definition)
}

fn pascal(dashed: &str) -> String {
    let parts = dashed.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts
        .flat_map(|part| part.chars().take(1).flat_map(char::to_uppercase).chain(part.chars().skip(1)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_clean() {
        for (definition, name) in [
            ("customer-data-customer-interface", "Customer"),
            ("framework-sort-order", "SortOrder"),
            ("framework-search-criteria-interface", "SearchCriteria"),
            ("company-data-company-customer-interface", "CompanyCustomer"),
            ("negotiable-quote-data-company-quote-config-interface", "NegotiableQuoteCompanyQuoteConfig"),
            ("inventory-data-source-interface", "InventorySource"),
            ("acme_loyalty-card", "AcmeLoyaltyCard"),
        ] {
            assert_eq!(clean(definition), name);
        }
        assert_eq!(full("a-data-b-interface"), "ADataBInterface");
    }

    #[test]
    fn the_named_are_sorted_and_unique() {
        assert!(NAMED.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
