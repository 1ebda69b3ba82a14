//! Which column goes where in a customer.

use std::collections::BTreeMap;

/// A part of a customer, drawn from the names of columns.
///
/// A dot leads into an object, a number into a list, and what follows
/// `custom_attributes.` is the code of an attribute: `addresses.0.region.region_code`,
/// `extension_attributes.is_subscribed`, `custom_attributes.loyalty_code`.
pub(super) enum Layout {
    /// The column of this index.
    Column(usize),
    Object(Vec<(String, Layout)>),
    List(Vec<Layout>),
    /// Custom attributes by code.
    Attributes(Vec<(String, Layout)>),
}

#[derive(Default)]
struct Node {
    column: Option<usize>,
    /// In the order in which the names first appear.
    children: Vec<(String, Node)>,
}

impl Layout {
    /// The layout of a table with these columns, each with its index.
    ///
    /// # Errors
    /// A name that stands for a value and for an object or list as well.
    pub(super) fn of<'n>(names: impl IntoIterator<Item = (usize, &'n str)>) -> Result<Self, String> {
        let mut root = Node::default();
        for (index, name) in names {
            root.place(name, index).ok_or_else(|| format!("two columns claim the place of `{name}`"))?;
        }
        root.layout("")
    }
}

impl Node {
    fn place(&mut self, name: &str, index: usize) -> Option<()> {
        let node = name.split('.').try_fold(self, |node, step| {
            let at = node.children.iter().position(|(known, _)| known == step).unwrap_or(node.children.len());
            if at == node.children.len() {
                node.children.push((step.to_owned(), Node::default()));
            }
            node.children.get_mut(at).map(|(_, child)| child)
        })?;
        node.column.replace(index).is_none().then_some(())
    }

    fn layout(self, name: &str) -> Result<Layout, String> {
        if self.children.is_empty() {
            return self.column.map(Layout::Column).ok_or_else(|| "a table without columns".to_owned());
        }
        if self.column.is_some() {
            return Err(format!(
                "column `{name}` is a value, and other columns make an object or list of it"
            ));
        }
        if self.children.iter().all(|(step, _)| step.parse::<u16>().is_ok()) {
            let items: BTreeMap<u16, _> = self
                .children
                .into_iter()
                .map(|(step, node)| (step.parse().unwrap_or_default(), node))
                .collect();
            return Ok(Layout::List(
                items.into_values().map(|node| node.layout(name)).collect::<Result<_, _>>()?,
            ));
        }
        let attributes = name == "custom_attributes";
        let members = self.children.into_iter().map(|(step, node)| Ok((step.clone(), node.layout(&step)?)));
        let members = members.collect::<Result<_, String>>()?;
        Ok(if attributes { Layout::Attributes(members) } else { Layout::Object(members) })
    }
}
