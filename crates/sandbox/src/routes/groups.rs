//! Customer groups.

use magewright::call::{Method, route};
use magewright::json::{Object, Value};
use magewright::outcome::Refusal;

use super::Reply;
use super::table_search::{self, Column};
use crate::ask::Ask;
use crate::php;
use crate::refusal::{no_such, required};
use crate::shop::{Group, GroupChange, Shop};

/// `None` for a route of another family.
pub(super) fn answer(shop: &mut Shop, ask: &Ask<'_>) -> Option<Reply> {
    Some(match ask.route {
        route::GROUP_CREATE | route::GROUP_UPDATE => save(shop, ask),
        route::GROUP_GET => ask.id("id").and_then(|id| Ok(shop.group(id)?.shown())),
        route::GROUP_DELETE => ask.id("id").and_then(|id| {
            shop.delete_group(id)?;
            Ok(Value::Bool(true))
        }),
        route::GROUP_READONLY => ask.id("id").and_then(|id| {
            shop.group(id)?;
            Ok(Value::Bool(shop.is_readonly_group(id)))
        }),
        route::GROUP_DEFAULT => Ok(default_group(shop)),
        route::GROUP_DEFAULT_OF => default_group_of(shop, ask),
        route::GROUP_SEARCH => search(shop, ask),
        route::GROUP_SET_DEFAULT => set_default(shop, ask),
        _ => return None,
    })
}

const COLUMNS: &[Column] = &[
    Column { names: &["id", "customer_group_id"], like: "website_id" },
    Column { names: &["code", "customer_group_code"], like: "lastname" },
    Column { names: &["tax_class_id"], like: "group_id" },
    Column { names: &["tax_class_name", "class_name"], like: "firstname" },
];

/// Groups come in the order of their ids when nothing else is asked.
fn search(shop: &Shop, ask: &Ask<'_>) -> Reply {
    let rows: Vec<Value> = shop.groups.values().map(Group::shown).collect();
    table_search::search(shop, ask, COLUMNS, &rows)
}

/// Reads the group of a body; the id in the path of a PUT goes before the body's,
/// unless a query follows it, which the store then takes for the id.
fn save(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    let group = ask.parameter("group").ok_or_else(|| required(&["group"]))?;
    let mut change = change(&group)?;
    if ask.route.method == Method::Put && ask.query.is_empty() {
        change.id = Some(ask.id("id")?);
    }
    let mut saved = shop.save_group(change)?;
    if let Some(echoed) = group.get("extension_attributes").and_then(Value::as_object)
        && !echoed.is_empty()
        && let Some(object) = saved.as_object_mut()
    {
        object.insert("extension_attributes", echoed.clone());
    }
    Ok(saved)
}

/// What a group of a body asks for; what is no object asks for nothing.
///
/// # Errors
/// 400 for a value of another type, and for a field the store does not know.
pub(crate) fn change(group: &Value) -> Result<GroupChange, Refusal> {
    let mut change = GroupChange::default();
    for (name, value) in group.as_object().into_iter().flat_map(Object::iter) {
        let within = |refusal: Refusal| nested(name, refusal);
        match name {
            _ if value.is_null() && is_known(name) => {}
            "id" => change.id = Some(php::integer_value(value).map_err(within)?),
            "code" => change.code = Some(php::text_value(value).map_err(within)?),
            "tax_class_id" | "taxClassId" => {
                change.tax_class = Some(php::integer_value(value).map_err(within)?);
            }
            _ if is_known(name) => {}
            _ => return Err(not_supported(name)),
        }
    }
    Ok(change)
}

fn is_known(name: &str) -> bool {
    matches!(
        name,
        "id" | "code"
            | "tax_class_id"
            | "taxClassId"
            | "tax_class_name"
            | "taxClassName"
            | "extension_attributes"
            | "extensionAttributes"
    )
}

/// A type error names the field it was met in.
fn nested(name: &str, refusal: Refusal) -> Refusal {
    let message = format!("Error occurred during \"{name}\" processing. {}", refusal.message);
    Refusal::new(refusal.status, message)
}

fn not_supported(name: &str) -> Refusal {
    let words = name.split('_').map(|word| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    });
    Refusal::new(400, "\"%fieldName\" is not supported. Correct the field name and try again.")
        .named([("fieldName", words.collect::<String>())])
}

fn default_group(shop: &Shop) -> Value {
    let id = shop.profile.settings.default_group;
    shop.group(id).map(|group| group.shown()).unwrap_or_default()
}

fn default_group_of(shop: &Shop, ask: &Ask<'_>) -> Reply {
    let store = ask.id("storeId")?;
    let view = shop.profile.store_view(store).ok_or_else(|| no_such("storeId", store))?;
    // The admin's view has guests as its default group nowhere: the setting is global.
    let _ = view;
    Ok(default_group(shop))
}

fn set_default(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    let id = shop.group(ask.id("id")?)?.id;
    if id == 0 {
        return Err(Refusal::new(400, "The group \"NOT LOGGED IN\" cannot be the default group."));
    }
    shop.profile.settings.default_group = id;
    shop.touched.other();
    Ok(id.into())
}
