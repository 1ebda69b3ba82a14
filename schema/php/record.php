<?php
// Asks PHP what it makes of dates, numbers, query strings and XML: `php schema/php/record.php`, PHP 8.2 with DOM.
// Writes dates.jsonl, numbers.jsonl, queries.jsonl and documents.jsonl beside itself; the core's tests read them.

date_default_timezone_set('UTC');
ini_set('precision', '14');
mt_srand(20240601);

function pick(array $from)
{
    return $from[mt_rand(0, count($from) - 1)];
}

/** Writes so many different lines; an answer of null leaves a text out. */
function record(string $file, int $count, callable $text, callable $answer): void
{
    $lines = [];
    while (count($lines) < $count) {
        $sent = $text();
        if (isset($lines[$sent]) || !mb_check_encoding($sent, 'UTF-8')) {
            continue;
        }
        $told = $answer($sent);
        if ($told !== null) {
            $lines[$sent] = json_encode([$sent, ...$told], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
        }
    }
    file_put_contents(__DIR__ . "/$file.jsonl", implode("\n", $lines) . "\n");
}

$days = '1990-01-31|90-1-5|1/31/1990|31.1.90|31-12-1990|5 January 1990|Jan 5, 1990|1990-W05-3|1990.123|1990-Feb-30|19900131T101112'
    . '|31/Jan/1990:10:11:12 -0700|XII 1990|1990-13-01|1990-00-00|0000-00-00|31/01/1990|1990 jan|5th of May 1990|May-09-78|2024-1';
$more = '10:11|10:11:12.5|7pm|12:30 AM|24:00|25:00|Z|+02:00|-0530|GMT|CEST|(EST)|Europe/Berlin|Nowhere/At|first day of|last monday of'
    . '|+1 month|-2 weeks|3 days ago|+5 weekdays|next friday|this week|noon|midnight|x|1990|@0|2020-02-29|monday|,|-|/|T';
$dates = function () use ($days, $more): string {
    $text = pick(explode('|', $days));
    for ($count = mt_rand(0, 2); $count > 0; $count--) {
        $text .= pick([' ', ' ', '', ', ', '-', "\t", 'T']) . pick(explode('|', $more));
    }
    return mt_rand(0, 3) ? $text : substr_replace($text, pick(str_split('0123/-.: T')), mt_rand(0, strlen($text)), mt_rand(0, 1));
};
record('dates', 1500, $dates, function (string $text): ?array {
    // A number is no text to the store, and the places of an area's zones are not looked up by the core.
    if ($text === '' || preg_match('~^[0-9]+$|Berlin[A-Za-z_/-]~', $text)) {
        return null;
    }
    try {
        $date = new DateTime($text);
    } catch (Exception) {
        return [null];
    }
    $parts = date_parse($text);
    $whole = $parts['year'] !== false && $parts['month'] !== false && $parts['day'] !== false;
    return $whole && (int)$date->format('Y') < 9999 ? [$date->format('Y-m-d H:i:s')] : null;
});

$pieces = explode('|', '1|2|0|12|.|-|+|e|E|1e3|0.1|99999999999999999999|e400|x|yes|true|on|off|TRUE|,| ');
array_push($pieces, "\t", "\n", "\v", "\f", "\r", "\0");
$numbers = function () use ($pieces): string {
    return implode('', array_map(fn () => pick($pieces), range(1, mt_rand(1, 4))));
};
record('numbers', 600, $numbers, fn (string $text): array => [
    is_numeric($text),
    (string)(int)$text,
    (string)(float)$text,
    filter_var($text, FILTER_VALIDATE_BOOLEAN),
]);

$names = explode('|', 'searchCriteria|a|b|a.b|a b|%61|a%5Bb%5D|a%00b| a|a[|a]|[a]|a[b|é|[');
$indexes = explode('|', '[]|[0]|[2]|[01]|[-1]|[-5]|[a]|[ a]|[ ]|[a.b]|%5B0%5D|[groups]|[[]|[9223372036854775807]|[+1]|]|[');
$queries = function () use ($names, $indexes): string {
    $pairs = [];
    for ($count = mt_rand(1, 4); $count > 0; $count--) {
        $name = pick($names);
        for ($depth = mt_rand(0, 3); $depth > 0; $depth--) {
            $name .= pick($indexes);
        }
        $pairs[] = $name . pick(['', '=', '=1', '=a+b', '=%41', '=%zz', '=a=b', '=%C3%A9']);
    }
    return implode('&', $pairs);
};
$listed = function ($node) use (&$listed) {
    if (!is_array($node)) {
        return $node;
    }
    $entries = [];
    foreach ($node as $key => $value) {
        $entries[] = [(string)$key, $listed($value)];
    }
    return $entries;
};
record('queries', 600, $queries, function (string $query) use ($listed): array {
    parse_str($query, $found);
    return [$listed($found)];
});

// An element as Magento's XML parser leaves it: the last text, or its child elements by name.
$inside = function (DOMNode $node) use (&$inside) {
    $content = '';
    foreach ($node->childNodes as $child) {
        if ($child instanceof DOMCdataSection || ($child instanceof DOMText && trim($child->data) !== '')) {
            $content = $child->data;
        } elseif ($child instanceof DOMElement) {
            $value = $child->hasChildNodes() ? $inside($child) : null;
            if ($child->hasAttributes()) {
                $value = ['_value' => $value, '_attribute' => []];
                foreach ($child->attributes as $attribute) {
                    $value['_attribute'][$attribute->name] = $attribute->value;
                }
            }
            $content = $content ?: [];
            $name = $child->nodeName;
            $held = isset($content[$name]) ? $content[$name] : null;
            $grows = is_array($held) && isset($held[0]) && (!is_array($value) || is_array($held[0]));
            $content[$name] = match (true) {
                $held === null => $value,
                $grows => [...$held, $value],
                default => [$held, $value],
            };
        }
    }
    return $content;
};
$good = explode('|', '<a>|<a>|</a>|</a>|<b>|</b>|<b>|</b>|<a/>|<b/>|<b x="1"/>|<a x=\'1\' y="&lt;">|x|0| |&amp;|&#65;|&#x1F600;|<![CDATA[<]]>|<![CDATA[]]>'
    . '|<!-- c -->|<?p i?>|>|"|<é/>|<b  x = "1" />|<b></b >');
array_push($good, "\n", "\r\n", "\t", "\u{a0}", "<b x='1\n2'/>");
$bad = explode('|', '&#0;|&no;|<!-- -- -->|<?xml?>|]]>|<1/>|<b x/>|<b x="1"y="2"/>|<b x="1" x="2"/>|</ a>|< a>|</a>|<![CDATA[|<!---->|<!--->|<b x="<"/>|&#+65;|&#x;|&|<?p?>|<?Xml ?>|<a.b-c/>|<-/>');
array_push($bad, "\u{b}", "\u{fffe}", "\u{7f}", "\u{85}");
$starts = ['', '', '', '<?xml version="1.0"?>', "<?xml version='1.0' encoding='UTF-8' standalone='no'?>\n", "\u{feff}", "\n", '<!-- c -->'];
$odd = ['<?xml version="1.1"?>', '<?xml?>', ' <?xml version="1.0"?>', '<?xml version="1.0" standalone="maybe"?>', '<?xml encoding="utf-8" version="1.0"?>', 'x'];
$documents = function () use ($good, $bad, $starts, $odd): string {
    $open = [];
    $text = (mt_rand(0, 19) ? pick($starts) : pick($odd)) . '<r>';
    for ($count = mt_rand(1, 9); $count > 0; $count--) {
        $mark = mt_rand(0, 24) ? pick($good) : pick($bad);
        // Most closing tags fit, so that most documents are well-formed.
        if (preg_match('~^</([ab])>$~', $mark) && mt_rand(0, 39)) {
            $mark = $open ? '</' . array_pop($open) . '>' : '';
        } elseif (preg_match('~^<([ab])(?:>| .*[^/]>$)~', $mark, $found)) {
            $open[] = $found[1];
        }
        $text .= $mark;
    }
    while ($open) {
        $text .= '</' . array_pop($open) . '>';
    }
    return $text . '</r>' . (mt_rand(0, 19) ? pick(['', "\n", '<!-- end -->', '<?p i?>']) : pick(['x', '<r/>', '&#32;']));
};
record('documents', 600, $documents, function (string $text) use ($inside): array {
    $document = new DOMDocument();
    $previous = libxml_use_internal_errors(true);
    libxml_clear_errors();
    $read = $document->loadXML($text);
    $complaints = libxml_get_errors();
    libxml_use_internal_errors($previous);
    if (!$read || $complaints) {
        return ['Decoding error.'];
    }
    try {
        $content = $inside($document);
    } catch (Error) {
        return ['no array'];
    }
    return [reset($content)];
});
