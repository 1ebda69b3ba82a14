//! OpenAPI 3 as the Swagger 2.0 that Magento writes.
//!
//! A published document may have been converted on its way. What says the same in other words is put
//! back into Swagger's; what Swagger cannot say is left for its reader to refuse.

use super::node::Node;

/// The same document as Swagger 2.0; any other than OpenAPI 3 as it is.
pub(super) fn as_swagger(document: Node) -> Node {
    let is_openapi = |pairs: &[(String, Node)]| {
        pairs.iter().any(|(key, value)| {
            key == "openapi" && matches!(value, Node::Text(version) if version.starts_with("3."))
        })
    };
    match document {
        Node::Map(pairs) if is_openapi(&pairs) => converted(pairs),
        other => other,
    }
}

fn converted(pairs: Vec<(String, Node)>) -> Node {
    let mut swagger = vec![("swagger".to_owned(), Node::text("2.0"))];
    for (key, value) in pairs {
        match key.as_str() {
            "openapi" => {}
            "components" => swagger.extend(components(value)),
            "paths" => swagger.push((key, each(value, path))),
            _ => swagger.push((key, value)),
        }
    }
    with_references(Node::Map(swagger))
}

fn components(node: Node) -> Vec<(String, Node)> {
    let Node::Map(pairs) = node else { return Vec::new() };
    let named = |(key, value): (String, Node)| match key.as_str() {
        "schemas" => Some(("definitions".to_owned(), value)),
        "parameters" => Some((key, each(value, parameter))),
        _ => None,
    };
    pairs.into_iter().filter_map(named).collect()
}

/// Every member of an object, made over.
fn each(node: Node, over: impl Fn(Node) -> Node) -> Node {
    match node {
        Node::Map(pairs) => Node::Map(pairs.into_iter().map(|(key, value)| (key, over(value))).collect()),
        other => other,
    }
}

fn path(node: Node) -> Node {
    let Node::Map(pairs) = node else { return node };
    let member = |(key, value): (String, Node)| match key.as_str() {
        "parameters" => (key, items(value, parameter)),
        _ => (key, operation(value)),
    };
    Node::Map(pairs.into_iter().map(member).collect())
}

fn operation(node: Node) -> Node {
    let Node::Map(pairs) = node else { return node };
    let (mut operation, mut parameters) = (Vec::new(), Vec::new());
    for (key, value) in pairs {
        match key.as_str() {
            "requestBody" => parameters.extend(body(value)),
            "parameters" => match items(value, parameter) {
                Node::List(list) => parameters.splice(0..0, list).for_each(drop),
                other => operation.push((key, other)),
            },
            "responses" => operation.push((key, each(value, reply))),
            _ => operation.push((key, value)),
        }
    }
    if !parameters.is_empty() {
        operation.push(("parameters".to_owned(), Node::List(parameters)));
    }
    Node::Map(operation)
}

fn items(node: Node, over: impl Fn(Node) -> Node) -> Node {
    match node {
        Node::List(list) => Node::List(list.into_iter().map(over).collect()),
        other => other,
    }
}

/// Swagger writes a parameter's schema into the parameter itself.
fn parameter(node: Node) -> Node {
    let Node::Map(pairs) = node else { return node };
    let mut parameter = Vec::new();
    for (key, value) in pairs {
        match (key.as_str(), value) {
            ("schema", Node::Map(schema)) => parameter.extend(schema),
            ("style" | "explode" | "allowReserved", _) => {}
            (_, value) => parameter.push((key, value)),
        }
    }
    Node::Map(parameter)
}

fn body(node: Node) -> Option<Node> {
    let schema = content(node)?;
    Some(Node::map([
        ("in", Some(Node::text("body"))),
        ("name", Some(Node::text("body"))),
        ("schema", Some(schema)),
    ]))
}

fn reply(node: Node) -> Node {
    let Node::Map(pairs) = node else { return node };
    let schema = content(Node::Map(pairs));
    Node::map([("description", Some(Node::text(""))), ("schema", schema)])
}

/// The schema of JSON content, else of the first there is.
fn content(node: Node) -> Option<Node> {
    let Node::Map(pairs) = member(node, "content")? else { return None };
    let json = pairs.iter().position(|(kind, _)| kind.contains("json")).unwrap_or(0);
    let (_, media) = pairs.into_iter().nth(json)?;
    member(media, "schema")
}

fn member(node: Node, key: &str) -> Option<Node> {
    let Node::Map(pairs) = node else { return None };
    pairs.into_iter().find(|(known, _)| known == key).map(|(_, value)| value)
}

/// `#/components/schemas/…` is `#/definitions/…` in Swagger.
fn with_references(node: Node) -> Node {
    match node {
        Node::List(list) => Node::List(list.into_iter().map(with_references).collect()),
        Node::Map(pairs) => Node::Map(pairs.into_iter().map(reference).collect()),
        other => other,
    }
}

fn reference((key, value): (String, Node)) -> (String, Node) {
    match value {
        Node::Text(text) if key == "$ref" => {
            let text = text.replacen("#/components/schemas/", "#/definitions/", 1);
            (key, Node::Text(text.replacen("#/components/parameters/", "#/parameters/", 1)))
        }
        value => (key, with_references(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Node {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn what_says_the_same_in_other_words_is_put_into_swaggers() {
        let openapi = read(
            r##"{"openapi": "3.0.3", "info": {"version": "2.4.10"}, "paths": {"/V1/customers/{id}": {"put": {
                "operationId": "x",
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
                "responses": {"200": {"content": {"application/xml": {}, "application/json": {"schema":
                    {"$ref": "#/components/schemas/customer"}}}}, "401": {"description": "no"}}}}},
               "components": {"schemas": {"customer": {"type": "object"}}, "securitySchemes": {}}}"##,
        );
        let swagger = read(
            r##"{"swagger": "2.0", "info": {"version": "2.4.10"}, "paths": {"/V1/customers/{id}": {"put": {
                "operationId": "x",
                "responses": {"200": {"description": "", "schema": {"$ref": "#/definitions/customer"}},
                    "401": {"description": ""}},
                "parameters": [{"name": "id", "in": "path", "required": true, "type": "integer"},
                    {"in": "body", "name": "body", "schema": {"type": "object"}}]}}},
               "definitions": {"customer": {"type": "object"}}}"##,
        );
        assert_eq!(as_swagger(openapi), swagger);
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for text in [r#"{"swagger": "2.0"}"#, r#"{"openapi": "4.0"}"#, r#"{"openapi": 3}"#, "[]", "null"] {
            assert_eq!(as_swagger(read(text)), read(text));
        }
    }
}
