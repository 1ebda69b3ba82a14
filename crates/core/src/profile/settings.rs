//! Settings that no endpoint shows, with the defaults of a stock store.

use super::read::{Cursor, Fault, ProfileError};
use crate::json::{Object, Path, Value};

/// What decides about requests and can be read in the admin only.
///
/// Read from an object of configuration paths and values, as
/// `bin/magento config:show` names them; what is not given keeps its stock default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `customer/password/minimum_password_length`, in characters.
    pub password_min_length: i64,
    /// `customer/password/required_character_classes_number`, of four.
    pub password_classes: i64,
    /// `customer/address/street_lines`: the most lines of a street.
    pub street_lines: i64,
    /// `customer/account_share/scope` 0: one e-mail address, one account on all websites.
    pub accounts_shared: bool,
    /// `customer/create_account/confirm`: a new account must be confirmed by e-mail.
    pub confirm_accounts: bool,
    /// `customer/create_account/default_group`.
    pub default_group: i64,
    /// `general/region/state_required`: countries whose addresses need a region.
    pub state_required: Vec<String>,
    /// `general/country/optional_zip_countries`: countries whose addresses need no postcode.
    pub optional_postcode: Vec<String>,
    /// `general/country/allow`; `None` allows every country the store knows.
    pub allowed_countries: Option<Vec<String>>,
    /// `general/locale/timezone`.
    pub timezone: String,
    /// `webapi/validation/*`; `None` when input limits are off, as in a stock store.
    pub input_limits: Option<InputLimits>,
}

/// Limits on the size of requests; `None` where the store's own fallback counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InputLimits {
    /// `webapi/validation/complex_array_limit`: items in a list of objects.
    pub list_items: Option<i64>,
    /// `webapi/validation/maximum_page_size`.
    pub page_size: Option<i64>,
    /// `webapi/validation/default_page_size`.
    pub default_page_size: Option<i64>,
}

const STATE_REQUIRED: &str = "AL,AR,AU,BG,BO,BR,BY,CA,CH,CL,CN,CO,CR,CZ,DK,EC,EE,ES,GR,GY,HR,IN,IS,IT,LT,LV,\
                              MX,PE,PL,PT,PY,RO,SE,SR,UA,US,UY,VE";
const OPTIONAL_POSTCODE: &str = "HK,IE,MO,PA,GB";

impl Default for Settings {
    fn default() -> Self {
        Settings {
            password_min_length: 8,
            password_classes: 3,
            street_lines: 2,
            accounts_shared: false,
            confirm_accounts: false,
            default_group: 1,
            state_required: codes(STATE_REQUIRED),
            optional_postcode: codes(OPTIONAL_POSTCODE),
            allowed_countries: None,
            timezone: "America/Los_Angeles".to_owned(),
            input_limits: None,
        }
    }
}

fn codes(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

impl Settings {
    /// Reads settings from an object of configuration paths; paths it does not know are left aside.
    ///
    /// # Errors
    /// A setting whose value cannot be one, named by its pointer.
    ///
    /// ```
    /// use magewright::{json, profile::Settings};
    /// let settings = Settings::read(&json::parse(br#"{"customer/address/street_lines":"3"}"#)?)?;
    /// assert_eq!((settings.street_lines, settings.password_min_length), (3, 8));
    /// assert!(Settings::read(&json::parse(br#"{"customer/address/street_lines":"many"}"#)?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read(value: &Value) -> Result<Self, ProfileError> {
        let (root, fault) = (Path::root(), Fault::new());
        let settings = Self::default().with(Cursor { value, path: &root.key("settings"), fault: &fault });
        fault.into_inner().map_or(Ok(settings), Err)
    }

    pub(super) fn with(mut self, at: Cursor<'_>) -> Self {
        let Some(object) = at.value.as_object() else { return at.lacks("an object") };
        for (name, value) in object.iter().filter(|(_, value)| !value.is_null()) {
            self.set(name, &Cursor { value, path: &at.path.key(name), fault: at.fault });
        }
        let switch = object.get("webapi/validation/input_limit_enabled");
        if !switch.is_some_and(|on| matches!(on.as_str(), Some("1")) || on.as_i64() == Some(1)) {
            self.input_limits = None;
        }
        self
    }

    fn set(&mut self, name: &str, setting: &Cursor<'_>) {
        match name {
            "customer/password/minimum_password_length" => self.password_min_length = setting.as_integer(),
            "customer/password/required_character_classes_number" => {
                self.password_classes = setting.as_integer();
            }
            "customer/address/street_lines" => self.street_lines = setting.as_integer(),
            "customer/account_share/scope" => self.accounts_shared = setting.as_integer() == 0,
            "customer/create_account/confirm" => self.confirm_accounts = setting.as_integer() != 0,
            "customer/create_account/default_group" => self.default_group = setting.as_integer(),
            "general/region/state_required" => self.state_required = codes(&setting.as_text("text")),
            "general/country/optional_zip_countries" => {
                self.optional_postcode = codes(&setting.as_text("text"))
            }
            "general/country/allow" => self.allowed_countries = Some(codes(&setting.as_text("text"))),
            "general/locale/timezone" => self.timezone = setting.as_text("text"),
            "webapi/validation/input_limit_enabled" => {
                setting.as_integer();
                self.limits();
            }
            "webapi/validation/complex_array_limit" => self.limits().list_items = Some(setting.as_integer()),
            "webapi/validation/maximum_page_size" => self.limits().page_size = Some(setting.as_integer()),
            "webapi/validation/default_page_size" => {
                self.limits().default_page_size = Some(setting.as_integer());
            }
            _ => {}
        }
    }

    fn limits(&mut self) -> &mut InputLimits {
        self.input_limits.get_or_insert_default()
    }

    pub(super) fn write(&self) -> Value {
        let mut out = Object::new();
        let flag = |value: bool| i64::from(value);
        out.insert("customer/password/minimum_password_length", self.password_min_length);
        out.insert("customer/password/required_character_classes_number", self.password_classes);
        out.insert("customer/address/street_lines", self.street_lines);
        out.insert("customer/account_share/scope", flag(!self.accounts_shared));
        out.insert("customer/create_account/confirm", flag(self.confirm_accounts));
        out.insert("customer/create_account/default_group", self.default_group);
        out.insert("general/region/state_required", self.state_required.join(","));
        out.insert("general/country/optional_zip_countries", self.optional_postcode.join(","));
        if let Some(allowed) = &self.allowed_countries {
            out.insert("general/country/allow", allowed.join(","));
        }
        out.insert("general/locale/timezone", self.timezone.as_str());
        if let Some(limits) = &self.input_limits {
            out.insert("webapi/validation/input_limit_enabled", 1i64);
            out.insert("webapi/validation/complex_array_limit", limits.list_items);
            out.insert("webapi/validation/maximum_page_size", limits.page_size);
            out.insert("webapi/validation/default_page_size", limits.default_page_size);
        }
        out.into()
    }
}
